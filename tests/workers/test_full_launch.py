"""A launch of the first tier, read on the example Listening Post: two markets, three audiences, a hundred assets and no two alike."""

import re
from collections import Counter

import pytest

from concerted.campaign.facets import Tree, flatten
from concerted.folder import read_folder
from concerted.rules.segment import sentences
from tests.workers.reader import EXAMPLES, REGISTRY, Reader, read_example, written

SEQUENCE = (("launch-email", "announce"), ("follow-up-email", "proof"), ("launch-email", "reminder"), ("follow-up-email", "last-call"))


def launch() -> Reader:
    """The shipped example of a launch of the year."""
    return read_example("listening-post")


def without(part: str, leaf: str = "") -> Tree:
    """Take a part out of the example, or one leaf out of each of its entries."""
    tree = read_folder(EXAMPLES / "listening-post").tree
    if not leaf:
        return {name: kept for name, kept in tree.items() if name != part}
    return {**tree, part: {slug: {name: kept for name, kept in entry.items() if name != leaf} for slug, entry in tree[part].items()}}


def test_the_launch_has_a_hundred_assets_in_two_languages_on_nineteen_channels() -> None:
    made = launch().deliverables.values()
    assert len(made) == 103
    assert Counter(asset.language for asset in made) == {"en": 60, "de": 43}
    assert len({asset.channel for asset in made} - {"-"}) == 19


def test_every_type_of_the_launch_has_a_house_template_in_its_language() -> None:
    assert [asset.id for asset in launch().deliverables.values() if asset.language not in REGISTRY.languages(asset.type)] == []


def test_beside_cleared_facts_no_sentence_stands_in_more_than_three_assets_and_no_subject_is_its_pages_headline() -> None:
    cleared = [str(words) for ref, words in launch().facets.items() if ref.startswith("claims.") and ".full" in ref]
    assert launch().repeated(cleared) == ()


@pytest.mark.parametrize("market", ["us", "de"])
@pytest.mark.parametrize("audience", ["maintenance", "plant", "energy"])
def test_an_audience_gets_four_mails_of_which_no_two_say_the_same(audience: str, market: str) -> None:
    mails = [launch().words[f"{type_}.email.{audience}.{market}.{variant}"] for type_, variant in SEQUENCE]
    for name in ("subject", "preheader", "opening", "body"):
        assert len({words[name] for words in mails}) == len(mails), name


def test_the_mails_of_the_sequence_go_out_one_after_the_other_and_before_the_offer_ends() -> None:
    days = [launch().deliverables[f"{type_}.email.plant.us.{variant}"].publish for type_, variant in SEQUENCE]
    assert days == sorted(set(days))
    assert max(days) < str(launch().facets["offers.week.until"])


@pytest.mark.parametrize("name", ["small-hours", "listening-post"])
def test_what_readers_get_says_no_sentence_twice(name: str) -> None:
    reader = read_example(name)
    for asset, words in reader.words.items():
        made = REGISTRY.type(reader.deliverables[asset].type)
        if made.visibility == "public" and made.worker in ("web", "email", "social", "mobile", "pr", "sales"):
            said = [sentence.strip(" .") for field, text in words.items() if not field.startswith("seo_") for sentence in sentences(text)]
            assert [sentence for sentence, times in Counter(said).items() if times > 1] == [], asset


def test_the_headlines_of_an_ad_are_different_thoughts() -> None:
    for asset, words in launch().words.items():
        headlines = [text for name, text in words.items() if name.startswith("headline_")]
        assert len(headlines) == len(set(headlines)), asset


@pytest.mark.parametrize(
    ("asset", "group", "own"),
    [
        ("maintenance.us", "task", ["leak monitoring for compressed air"]),
        ("plant.us", "cost", ["leak monitoring for compressed air"]),
        ("plant.de", "cost", []),
    ],
)
def test_the_keyword_list_groups_the_searches_of_the_strategy_by_intent_and_match_type(asset: str, group: str, own: list[str]) -> None:
    words = launch().words[f"keyword-list.google-search.{asset}.-"]
    audience, market = asset.split(".")
    searches = launch().facets[f"audiences.{audience}.searches.{market}"]
    assert isinstance(searches, tuple)
    terms = [str(term) for term in searches]
    assert words["exact_match"].splitlines() == [f"Ad group “{group}”", *(f"[{term}]" for term in terms)]
    assert [line[1:-1] for line in words["phrase_match"].splitlines() if line.startswith('"')] == [*terms, *own]


def test_a_negative_of_several_words_is_a_phrase() -> None:
    words = launch().words["keyword-list.google-search.maintenance.us.-"]
    assert words["negatives"].splitlines() == ["-tire", '-"air mattress"', "-jobs", "-rental", "-homework"]


@pytest.mark.parametrize(("market", "language"), [("us", "en"), ("de", "de")])
def test_a_post_speaks_to_the_audience_that_its_channel_belongs_to_and_leads_to_their_page(market: str, language: str) -> None:
    facets, words = launch().facets, launch().words
    for channel, audience, others in (("instagram", "maintenance", ("plant", "energy")), ("bluesky", "energy", ("maintenance", "plant"))):
        post = words[f"social-post.{channel}.-.{market}.-"]
        assert str(facets[f"ctas.{facets[f'audiences.{audience}.cta']}.url"]) in post["cta_line"], channel
        ending = "" if language == "en" else "@de"
        of_others = [str(facets[f"audiences.{slug}.{leaf}{ending}"]) for slug in others for leaf in ("moment", "says")]
        assert [said for said in of_others if said.strip(".") in post["text"]] == [], channel


def test_a_partner_is_not_addressed_as_the_customer() -> None:
    prices = [words["price"] for asset, words in launch().words.items() if asset.startswith("partner-brief")]
    assert len(prices) == 2
    assert [text for text in prices if "in your plant" in text or "in Ihrem Werk" in text] == []


def test_a_push_message_gives_a_reason_to_act_and_names_the_next_step() -> None:
    for market in ("us", "de"):
        made = launch().words[f"push.push.maintenance.{market}.-"]
        rendering = launch().renderings[f"push.push.maintenance.{market}.-", "text"]
        step = launch().facets["ctas.hear.text" + ("" if market == "us" else "@de")]
        assert made["text"] in rendering.texts
        assert [text for text in rendering.texts if not text.endswith(f"{step}.") or len(text) > 160] == []


@pytest.mark.parametrize(("market", "you"), [("us", r"\b(you|your|we|our)\b"), ("de", r"\b(Sie|Ihr\w*|wir|uns\w*)\b")])
def test_the_press_release_speaks_of_the_company_and_to_nobody(market: str, you: str) -> None:
    words = launch().words[f"press-release.press.-.{market}.-"]
    told = [text for name, text in words.items() if name in ("headline", "lead", "product", "customer", "offer")]
    quotes = re.compile(r"“[^”]+”|„[^“]+“")
    assert [text for text in told if re.search(you, quotes.sub("", text))] == []


@pytest.mark.parametrize("market", ["us", "de"])
def test_the_blog_post_is_an_article_for_the_audiences_that_read_the_blog(market: str) -> None:
    words, facets = launch().words[f"blog-post.blog.-.{market}.-"], launch().facets
    assert 300 < sum(len(text.split()) for text in words.values()) < 500
    ending = "" if market == "us" else "@de"
    moments = [str(facets[f"audiences.{slug}.moment{ending}"]) for slug in ("plant", "energy")]
    assert any(words["opening"].startswith(moment) for moment in moments)
    for slug, asked in (("plant", True), ("energy", True), ("maintenance", False)):
        assert (str(facets[f"audiences.{slug}.answer{ending}"]) in words["questions"]) is asked
    assert words["proof"].count("2026") + words["proof"].count("2027") == 3


def test_an_article_whose_readers_have_no_moment_opens_with_todays_way() -> None:
    words = written(without("audiences", "moment")).words["blog-post.blog.-.us.-"]
    assert words["opening"] == launch().facets["positioning.unlike"]


def test_a_product_name_of_everyday_words_is_not_bid_on_alone() -> None:
    tree = read_folder(EXAMPLES / "listening-post").tree
    asset = "keyword-list.google-search.plant.us.-"
    assert launch().words[asset]["brand_terms"].splitlines() == ["[fennimore]", "[fennimore listening post]"]
    coined = written({**tree, "campaign": {**tree["campaign"], "name": "Gleisblick"}})
    assert coined.words[asset]["brand_terms"].splitlines() == ["[gleisblick]", "[fennimore]", "[fennimore gleisblick]"]


def test_targeting_says_what_to_set_in_each_network_and_whom_to_ask_about_the_list() -> None:
    words = launch().words["audience-targeting.-.plant.de.-"]
    assert "- Performance Max: audience signal from the searches below and our list" in words["where"].splitlines()
    assert "- Kosten Druckluft Leckage" in words["where"].splitlines()
    assert "ask Kanzlei Petersen whether the consent covers ads" in words["first_party_list"]
    bare = written(without("audiences", "searches")).words["audience-targeting.-.plant.de.-"]
    assert "- Performance Max: audience signal from our list" in bare["where"].splitlines()


@pytest.mark.parametrize("name", ["small-hours", "listening-post"])
def test_no_two_pages_of_a_market_have_one_search_title(name: str) -> None:
    titles = [(asset.split(".")[3], words["seo_title"]) for asset, words in read_example(name).words.items() if "seo_title" in words]
    assert len(titles) == len(set(titles))


def test_without_searches_the_keyword_list_asks_for_them() -> None:
    reader = written(without("audiences", "searches"))
    asset = "keyword-list.google-search.plant.us.-"
    assert reader.words[asset]["exact_match"] == ""
    assert reader.renderings[asset, "exact_match"].missing == ("audiences.plant.searches.us",)


def test_a_customer_is_quoted_only_where_the_permission_covers_it() -> None:
    quoting = {asset for asset, words in launch().words.items() if any("Irene Castellano" in text for text in words.values())}
    assert quoting
    assert {asset.split(".")[3] for asset in quoting} == {"us"}


def test_rivals_are_named_to_colleagues_only() -> None:
    naming = {asset for asset, words in launch().words.items() if any("Airsight" in text or "Wandwerk" in text for text in words.values())}
    assert naming == {"battlecard.sales.-.-.-"}


@pytest.mark.parametrize(("tier", "assets"), [("1", 103), ("2", 71), ("3", 33)])
def test_a_smaller_tier_makes_fewer_of_the_same_assets(tier: str, assets: int) -> None:
    tree = read_folder(EXAMPLES / "listening-post").tree
    all_made = launch().kit.expand(flatten({**tree, "campaign": {**tree["campaign"], "tier": tier}}))
    small = [asset for asset, made in all_made.items() if made.made_by == "worker"]
    assert len(small) == assets
    assert set(small) <= set(launch().deliverables)


@pytest.mark.parametrize("part", ["people", "offers", "claims", "ctas", "competitors", "brand", "contact", "dates", "objectives", "wordings"])
def test_what_is_missing_in_a_launch_is_left_out_or_asked_for_never_papered_over(part: str) -> None:
    assert written(without(part), judged=False).residue() == []


def test_a_german_text_message_says_who_writes_what_it_costs_and_how_to_stop() -> None:
    tree = read_folder(EXAMPLES / "listening-post").tree
    reader = written({**tree, "deliverables": {"sms.sms.plant.de.-": "add"}})
    text = reader.words["sms.sms.plant.de.-"]["text"]
    assert text.startswith("Fennimore: ")
    assert text.endswith("fennimore.example/week Abmelden mit STOP.")
    assert reader.stopped() == []
