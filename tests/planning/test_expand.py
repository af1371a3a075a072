"""Which assets a campaign has, in which order, from what, by when: and what a change of the strategy does to the list."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.campaign.deliverable import Deliverable, DeliverableType, FieldSpec
from concerted.campaign.facets import flatten
from concerted.campaign.playbook import Playbook
from concerted.errors import UserError
from concerted.planning.expand import expand, idle_drops
from concerted.planning.rename import renames

BOOK = Playbook.from_data(
    "launch",
    {
        "title": "Launch",
        "deliverables": {
            "mail": {
                "type": "mail", "channel": "email", "per": ["audience", "market"], "needs": {"landing": "page"}, "due": "-5wd",
                "variants": {"announce": {}, "reminder": {"publish": "+7d", "due": "-3wd"}}, "why": "Tells {audience} ({market}).",
            },
            "house": {"type": "house", "language": "base", "due": "-20wd", "why": "Everything is written from it."},
            "page": {
                "type": "page", "channel": "web", "per": ["audience", "market"], "needs": {"house": "house"}, "due": "-10wd", "why": "One page.",
            },
            "post": {"type": "post", "channel": "x", "per": ["market"], "needs": {"landing": "page"}, "why": "One line."},
            "release": {"type": "release", "channel": "press", "per": ["market"], "opened_by": "contact", "why": "The facts."},
            "story": {"type": "story", "when": "people", "due": "interview +1wd", "why": "Somebody who has seen it."},
            "brief": {
                "type": "brief", "channel": "internal", "needs": {"house": "house"}, "language": "base", "publish": "-2wd", "why": "Staff first.",
            },
        },
    },
)  # fmt: skip
TYPES = {slug: DeliverableType(slug, slug, "w", (FieldSpec("text"),)) for slug in ("mail", "house", "page", "post", "release", "story", "brief")}

DOCK = {"who": "dock managers", "channels": ["email", "web", "x"]}
IT = {"who": "IT leads", "channels": ["web"]}
US = {"language": "en-US", "launch": "2027-03-09 08:00"}
DE = {"language": "de-DE", "launch": "2027-03-16 15:00"}


def tree(**more: Any) -> dict[str, Any]:
    return {"campaign": {"language": "en-US"}, "audiences": {"dock": DOCK, "it": IT}, "markets": {"us": US, "de": DE}, **more}


def assets(**more: Any) -> dict[str, Deliverable]:
    return expand(flatten(tree(**more)), BOOK, TYPES)


def test_an_asset_exists_only_where_its_audience_lists_the_channel() -> None:
    ids = set(assets())
    assert {"page.web.it.us.-", "mail.email.dock.us.announce"} <= ids
    assert not any(asset.startswith("mail.email.it.") for asset in ids)


def test_an_audience_may_be_kept_to_some_markets() -> None:
    ids = assets(audiences={"dock": {**DOCK, "markets": ["de"]}})
    assert "page.web.dock.de.-" in ids
    assert "page.web.dock.us.-" not in ids
    assert "post.x.-.us.-" not in ids


def test_a_channel_without_audience_opens_where_an_audience_lists_it_or_the_strategy_holds_what_opens_it() -> None:
    assert "post.x.-.us.-" in assets()
    assert "release.press.-.us.-" not in assets()
    assert "release.press.-.us.-" in assets(contact={"name": "Press office"})


def sized(tier: str | None) -> set[str]:
    deliverables = {
        "note": {"type": "post", "why": "In every launch."},
        "mail": {"type": "mail", "variants": {"first": {}, "second": {"tier": 1}}, "tier": 2, "why": "In a solid release."},
    }
    book = Playbook.from_data("sized", {"title": "Sized", "deliverables": deliverables})
    return set(expand(flatten({"campaign": {"tier": tier} if tier else {"language": "en-US"}}), book, TYPES))


def test_the_tier_of_a_campaign_decides_how_much_is_made() -> None:
    assert sized("3") == {"post.-.-.-.-"}
    assert sized("2") == {"post.-.-.-.-", "mail.-.-.-.first"}
    assert sized("1") == {"post.-.-.-.-", "mail.-.-.-.first", "mail.-.-.-.second"}


def test_a_campaign_that_names_no_tier_is_a_solid_release() -> None:
    assert sized(None) == sized("2")


def test_without_a_channel_an_audience_is_still_kept_to_its_markets() -> None:
    book = Playbook.from_data("aim", {"title": "Aim", "deliverables": {"aim": {"type": "post", "per": ["audience", "market"], "why": "Who."}}})
    made = expand(flatten(tree(audiences={"dock": {**DOCK, "markets": ["de"]}, "it": IT})), book, TYPES)
    assert list(made) == ["post.-.it.us.-", "post.-.dock.de.-", "post.-.it.de.-"]


def test_a_condition_decides_whether_a_deliverable_is_made() -> None:
    assert "story.-.-.-.-" not in assets()
    assert "story.-.-.-.-" in assets(people={"ceo": {"name": "Ines Okafor"}})


def test_upstream_comes_first_and_the_order_is_otherwise_that_of_playbook_and_strategy() -> None:
    assert list(assets(markets={"us": US})) == [
        "house.-.-.-.-",
        "page.web.dock.us.-",
        "mail.email.dock.us.announce",
        "mail.email.dock.us.reminder",
        "page.web.it.us.-",
        "post.x.-.us.-",
        "brief.internal.-.-.-",
    ]


def test_a_need_is_met_by_the_asset_for_the_same_people_in_the_same_market() -> None:
    made = assets()
    assert made["mail.email.dock.us.reminder"].needs == {"landing": "page.web.dock.us.-"}
    assert made["post.x.-.de.-"].needs == {"landing": "page.web.dock.de.-"}


def test_a_text_in_another_language_never_needs_one_in_the_base_language() -> None:
    made = assets()
    assert made["page.web.dock.us.-"].needs == {"house": "house.-.-.-.-"}
    assert made["page.web.dock.de.-"].needs == {}
    assert made["page.web.dock.de.-"].language == "de"


def test_a_mail_is_never_written_from_a_page_for_other_people() -> None:
    made = assets(audiences={"dock": {**DOCK, "channels": ["email"]}, "it": IT})
    assert made["mail.email.dock.us.announce"].needs == {}


def test_due_dates_count_back_in_working_days_from_the_launch_of_the_market() -> None:
    made = assets()
    assert made["page.web.dock.us.-"].due == "2027-02-23"
    assert made["page.web.dock.de.-"].due == "2027-03-02"
    assert made["house.-.-.-.-"].due == "2027-02-09"
    assert made["mail.email.dock.us.reminder"].due == "2027-03-04"


def test_a_due_date_may_count_from_a_named_date_and_falls_back_to_launch() -> None:
    people = {"ceo": {"name": "Ines Okafor"}}
    assert assets(people=people, dates={"interview": "2027-02-12 10:00 Europe/Berlin"})["story.-.-.-.-"].due == "2027-02-15"
    assert assets(people=people)["story.-.-.-.-"].due == "2027-03-10"


def test_publication_is_the_launch_day_unless_the_playbook_moves_it() -> None:
    made = assets()
    assert made["page.web.dock.de.-"].publish == "2027-03-16"
    assert made["mail.email.dock.us.reminder"].publish == "2027-03-16"
    assert made["house.-.-.-.-"].publish == "2027-03-09"
    assert made["brief.internal.-.-.-"].publish == "2027-03-05"


def test_a_market_without_launch_day_gives_assets_without_dates() -> None:
    made = assets(markets={"us": {"language": "en-US"}})
    assert made["page.web.dock.us.-"].due == ""
    assert made["page.web.dock.us.-"].publish == ""


def test_neighbours_start_their_sentences_in_different_places() -> None:
    made = assets()
    starts = {made[asset].rotation for asset in ("page.web.dock.us.-", "page.web.it.us.-")}
    sequence = {made[asset].rotation for asset in ("mail.email.dock.us.announce", "mail.email.dock.us.reminder")}
    assert len(starts) == len(sequence) == 2


def test_rotation_does_not_move_when_the_file_is_reordered_or_a_channel_is_added() -> None:
    before = {asset: made.rotation for asset, made in assets().items()}
    reordered = assets(audiences={"it": {**IT, "channels": ["email", "web"]}, "dock": DOCK}, markets={"de": DE, "us": US})
    assert {asset: reordered[asset].rotation for asset in before} == before


def test_the_reason_is_a_sentence_about_these_people_in_this_market() -> None:
    assert assets()["mail.email.dock.us.announce"].why == "Tells dock managers (us)."


def test_a_new_channel_adds_only_its_assets() -> None:
    before = assets()
    after = assets(audiences={"dock": DOCK, "it": {**IT, "channels": ["web", "email"]}})
    assert {asset: after[asset] for asset in before} == before
    assert {asset.split(".")[0] for asset in after.keys() - before.keys()} == {"mail"}


def test_a_piece_can_be_dropped_and_is_then_needed_by_nobody() -> None:
    made = assets(deliverables={"page.web.dock.us.-": "drop"})
    assert "page.web.dock.us.-" not in made
    assert made["mail.email.dock.us.announce"].needs == {}


def test_a_piece_can_be_added_and_is_planned_like_its_kind() -> None:
    made = assets(deliverables={"mail.email.it.us.announce": "add", "page.web.dock.us.proof": "add"})
    added = made["mail.email.it.us.announce"]
    assert added.needs == {"landing": "page.web.it.us.-"}
    assert added.due == "2027-03-02"
    assert added.why.endswith("Added by the campaign file.")
    assert made["page.web.dock.us.proof"].rotation != made["page.web.dock.us.-"].rotation


def test_adding_what_exists_changes_nothing() -> None:
    assert assets(deliverables={"page.web.dock.us.-": "add"}) == assets()


def test_all_wrong_additions_are_reported_at_once_with_what_was_meant() -> None:
    wrong = {"pag.web.dock.us.-": "add", "page.wep.dock.us.-": "add", "page.web.dok.uk.-": "add", "page.web": "add"}
    with pytest.raises(UserError) as caught:
        assets(deliverables=wrong)
    assert [str(problem) for problem in caught.value.problems] == [
        "pag.web.dock.us.-: there is no type pag (did you mean page?)",
        "page.wep.dock.us.-: there is no channel wep (did you mean web?)",
        "page.web.dok.uk.-: there is no audience dok (did you mean dock?)",
        "page.web.dok.uk.-: there is no market uk (known: us, de, -)",
        "page.web is not an asset id (write type.channel.audience.market.variant, with - where one does not apply)",
    ]


def test_all_types_that_nobody_makes_are_reported_at_once() -> None:
    with pytest.raises(UserError) as caught:
        expand(flatten(tree()), BOOK, {slug: TYPES[slug] for slug in ("mail", "house", "page", "post", "brief")})
    assert [problem.ref for problem in caught.value.problems] == ["campaign.playbook", "campaign.playbook"]


def test_a_drop_that_hits_nothing_is_listed() -> None:
    facets = flatten(tree(deliverables={"page.web.dock.us.-": "drop", "page.web.doc.us.-": "drop"}))
    assert idle_drops(facets, lambda of: expand(of, BOOK, TYPES)) == ("page.web.doc.us.-",)
    assert idle_drops(flatten(tree()), lambda of: expand(of, BOOK, TYPES)) == ()


def test_a_renamed_audience_takes_its_assets_along() -> None:
    old = assets()
    after = tree(audiences={"yard": {**DOCK, "was": "dock"}, "it": IT})
    new = expand(flatten(after), BOOK, TYPES)
    moved = renames(flatten(after), old, new)
    assert moved["audiences.dock"] == "audiences.yard"
    assert moved["mail.email.dock.us.announce"] == "mail.email.yard.us.announce"
    assert set(old) - set(new) == {asset for asset in moved if asset in old}


def test_a_renamed_market_and_audience_are_followed_together() -> None:
    after = tree(audiences={"yard": {**DOCK, "was": "dock"}, "it": IT}, markets={"usa": {**US, "was": "us"}, "de": DE})
    moved = renames(flatten(after), assets(), expand(flatten(after), BOOK, TYPES))
    assert moved["page.web.dock.us.-"] == "page.web.yard.usa.-"
    assert moved["page.web.dock.de.-"] == "page.web.yard.de.-"


def test_a_slug_that_still_stands_has_not_been_renamed() -> None:
    after = flatten(tree(audiences={"dock": DOCK, "it": IT, "yard": {**DOCK, "was": "dock"}}))
    assert renames(after, assets(), expand(after, BOOK, TYPES)) == {}


def test_an_asset_that_has_no_new_counterpart_is_not_renamed() -> None:
    after = flatten(tree(audiences={"yard": {"who": "dock managers", "channels": ["web"], "was": "dock"}, "it": IT}))
    moved = renames(after, assets(), expand(after, BOOK, TYPES))
    assert "page.web.dock.us.-" in moved
    assert "mail.email.dock.us.announce" not in moved


SLUGS = st.sampled_from(["a", "b", "c"])
CHANNELS = st.lists(st.sampled_from(["email", "web", "x", "press"]), unique=True)
AUDIENCES = st.dictionaries(SLUGS, st.tuples(CHANNELS, st.lists(SLUGS, unique=True)))
MARKETS = st.dictionaries(SLUGS, st.sampled_from(["en-US", "en-GB", "de-DE"]))


@given(AUDIENCES, MARKETS)
def test_whatever_the_strategy_needs_are_met_upstream_first_in_one_language(
    reach: Mapping[str, tuple[list[str], list[str]]], languages: Mapping[str, str]
) -> None:
    made = assets(
        audiences={slug: {"channels": channels, "markets": markets} for slug, (channels, markets) in reach.items()},
        markets={slug: {"language": language} for slug, language in languages.items()},
    )
    seen: set[str] = set()
    for asset, deliverable in made.items():
        assert deliverable.id == asset
        assert set(deliverable.needs.values()) <= seen
        assert all(made[upstream].language == deliverable.language for upstream in deliverable.needs.values())
        seen.add(asset)
