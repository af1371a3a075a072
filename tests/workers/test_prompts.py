"""What the prompts read: every group of every type renders, from little and from much, and never from a guardrail."""

from collections.abc import Mapping
from typing import Any

import pytest

from concerted.campaign.deliverable import Deliverable
from concerted.campaign.facets import flatten
from concerted.campaign.strategy import leaf_at, role_of
from concerted.catalog import Catalog
from concerted.planning.expand import expand
from concerted.planning.render import Rendering, render_brief
from concerted.planning.trace import Law, Reading
from concerted.workers.worker import Registry, load_workers

CHANNELS = [channel for channel in Catalog().channels() if channel != "internal"]
LITTLE: Mapping[str, Any] = {
    "campaign": {"name": "Live", "company": "Rampline", "playbook": "product-launch", "tier": "1", "language": "en-US"},
    "positioning": {"promise": "When trucks run late, your dock plan fixes itself."},
    "audiences": {"dock": {"who": "dock managers", "channels": CHANNELS}},
    "markets": {"us": {"language": "en-US"}},
}
MUCH: Mapping[str, Any] = {
    "campaign": {"name": "Rampline Live", "company": "Rampline", "playbook": "product-launch", "tier": "1", "language": "en-US"},
    "news": {"new": "Live re-plans docks when trucks run late.", "until_now": "The yard phoned.", "not_new": "Book stays."},
    "objectives": {"demos": {"measure": "demo requests", "target": "260", "by": "2027-06-30"}},
    "positioning": {
        "category": "dock scheduling software", "promise": "When trucks run late, your dock plan fixes itself.",
        "unlike": "Portals leave the rest to the phone.", "because": "It reads carrier positions every two minutes.",
        "rejected": {"fastest": "never compared"},
    },
    "messages": {"replan": {"pillar": "A late truck no longer costs you the morning.", "support": "It texts the drivers.", "claims": ["wait"]}},
    "claims": {
        "wait": {"kind": "measured", "full": "The median wait fell from 71 to 38 minutes.", "short": "38 minutes instead of 71",
                 "short_needs": "median, 14 warehouses"},
        "fees": {"kind": "not-yet", "full": "Detention fees fall.", "waiting_for": "finance data"},
    },
    "people": {
        "ceo": {"name": "Ines Okafor", "title": "chief executive", "quote": "We stopped printing the plan.", "cleared": "2027-02-20"},
        "reyes": {"name": "Tom Reyes", "quote": "Now I make coffee."},
    },
    "offers": {"start": {"line": "60 days free.", "for": "new customers", "price": {"us": "USD 0"}, "then": {"us": "USD 1,900 a month"},
                         "until": "2027-05-31", "ends_at": "23:59", "terms": "rampline.example/terms"}},
    "ctas": {"see": {"text": "Watch a late truck re-plan", "url": "rampline.example/see"}},
    "audiences": {"dock": {
        "who": "dock managers", "part": "asks for it", "moment": "6 a.m.", "says": "The plan is dead by eight.", "believes": "no software keeps up",
        "should_believe": "it re-plans before I phone", "objection": "Carriers share nothing.", "answer": "It uses their text.", "lead": "replan",
        "proof": ["wait"], "cta": "see", "offer": "start", "channels": CHANNELS,
    }},
    "markets": {
        "us": {"language": "en-US", "launch": "2027-03-09 08:00", "sender": "Rampline Inc., Columbus OH", "leave_out": {"people.reyes": "UK only"}},
        "de": {"language": "de-DE", "address": "Sie", "launch": "2027-03-09 15:00", "sender": "Rampline GmbH, Hamburg"},
    },
    "brand": {"is": ["dry", "exact"], "is_not": ["hyped"], "words": {"never": {"a": "seamless"}}, "boilerplate": "Rampline makes dock software."},
    "contact": {"name": "Press office", "email": "press@rampline.example", "phone": "+1 614 555 0100"},
    "dates": {"staff-know": "2027-03-04"},
    "competitors": {"slotbase": {"name": "Slotbase", "price": {"value": "USD 1,600", "seen": "2027-01-20", "where": "price page"}}},
    "wordings": {
        "en": {"positioning.promise": {"h30": "Dock plans that fix themselves"}},
        "de": {"positioning.promise": {"text": "Kommen Lkw zu spät, stellt sich Ihr Rampenplan um."}},
    },
}  # fmt: skip


def _is_worded(path: str) -> bool:
    leaf = leaf_at(path)
    return leaf is not None and leaf.worded


LAW = Law(worded=_is_worded, guardrail=lambda path: role_of(path) == "guardrail")


class Desk:
    """A strategy laid out, with invented words in every upstream field."""

    def __init__(self, tree: Mapping[str, Any], notes: tuple[str, ...] = ()) -> None:
        self.registry: Registry = load_workers()
        self.facets = flatten(tree)
        self.notes = notes
        self.assets = expand(self.facets, Catalog().playbook("product-launch"), self.registry.types)

    def groups(self) -> list[tuple[Deliverable, str]]:
        """Pair every asset with each of its groups."""
        return [
            (asset, group) for asset in self.assets.values() for group in dict.fromkeys(spec.group for spec in self.registry.type(asset.type).fields)
        ]

    def brief(self, asset: Deliverable, group: str) -> Rendering:
        """Render one brief."""
        upstream = {
            need: {name: f"The {name}." for name in self.registry.type(need.partition(".")[0]).field_names()} for need in asset.needs.values()
        }
        return render_brief(self.registry.prompt_source(asset.type), Reading(asset, self.facets, upstream, self.notes), LAW, group)

    def text(self, asset: str, group: str) -> str:
        """Give the words of one brief."""
        return self.brief(self.assets[asset], group).texts[0]


@pytest.mark.parametrize("tree", [LITTLE, MUCH], ids=["little", "much"])
def test_every_group_of_every_type_has_a_brief_that_names_its_fields(tree: Mapping[str, Any]) -> None:
    desk = Desk(tree)
    for asset, group in desk.groups():
        brief = desk.brief(asset, group)
        assert brief.missing == ()
        names = [spec.name for spec in desk.registry.type(asset.type).fields if spec.group == group]
        assert all(f"`{name}`" in brief.texts[0] for name in names if not (name[-1].isdigit() and name[-1] not in "1")), (asset.id, group)


def test_every_type_of_the_playbook_is_briefed_in_the_biggest_tier() -> None:
    desk = Desk(MUCH)
    assert {asset.type for asset in desk.assets.values()} == set(desk.registry.types)


def test_a_brief_holds_the_facts_with_their_ids_and_their_qualifier() -> None:
    brief = Desk(MUCH).text("landing-page.web.dock.us.-", "proof")
    assert "- [claims.wait.full] The median wait fell from 71 to 38 minutes." in brief
    assert "38 minutes instead of 71 (only together with: median, 14 warehouses)" in brief


def test_a_brief_tells_who_reads_and_what_they_should_believe_afterwards() -> None:
    brief = Desk(MUCH).text("landing-page.web.dock.us.-", "top")
    assert "- [believes before] no software keeps up" in brief
    assert "- [should believe after] it re-plans before I phone" in brief


def test_a_brief_carries_every_length_of_the_promise() -> None:
    assert "30 characters] Dock plans that fix themselves" in Desk(MUCH).text("search-ad.google-search.dock.us.-", "message")


def test_a_german_brief_holds_no_english_sentence_of_the_strategy() -> None:
    desk = Desk(MUCH)
    briefs = [desk.text(asset.id, group) for asset, group in desk.groups() if asset.language == "de"]
    assert any("Kommen Lkw zu spät" in brief for brief in briefs)
    english = [str(value) for path, value in desk.facets.items() if _is_worded(path) and "@" not in path]
    assert [sentence for sentence in english for brief in briefs if sentence in brief] == []


def test_groups_that_state_facts_do_not_depend_on_the_promise_or_the_reader() -> None:
    desk = Desk(MUCH)
    for asset, group in desk.groups():
        if group in ("cta", "offer", "price", "footer", "contact", "dateline", "quote", "dates"):
            read = {key for key, _ in desk.brief(asset, group).trace}
            assert not read & {"f:positioning.promise", "f:audiences.dock.moment", "f:brand.is"}, (asset.id, group)


def test_a_quote_that_a_market_leaves_out_is_not_offered() -> None:
    brief = Desk(MUCH).text("press-release.press.-.us.-", "quote")
    assert "We stopped printing the plan." in brief
    assert "Now I make coffee." not in brief


def test_the_reminder_is_asked_for_something_else_than_the_announcement() -> None:
    desk = Desk(MUCH)
    assert "It is the reminder" in desk.text("launch-email.email.dock.us.reminder", "letter")
    assert "It is the announcement" in desk.text("launch-email.email.dock.us.announce", "letter")


def test_a_reviewers_note_stands_in_the_brief() -> None:
    assert "- Less about software." in Desk(MUCH, notes=("Less about software.",)).text("sms.sms.dock.us.-", "message")
