"""The computed views: arithmetic of money and time, links that are counted, and what each check finds."""

from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.campaign.channel import Channel
from concerted.campaign.deliverable import Deliverable
from concerted.campaign.facets import Facets, flatten
from concerted.campaign.playbook import Playbook
from concerted.planning.measurement import measurement_plan
from concerted.planning.media import media_plan
from concerted.planning.run_of_show import run_of_show
from concerted.planning.tagging import campaign_key, links_of, tag
from concerted.planning.workback import Clock
from concerted.planning.working_days import public_holidays

MARKETS = {
    "us": {"language": "en-US", "zone": "America/Chicago", "launch": "2027-03-09 08:00"},
    "de": {"language": "de-DE", "zone": "Europe/Berlin", "launch": "2027-03-30 09:00"},
}
MAIL = Channel.from_data("email", {"name": "Email", "utm": {"source": "newsletter", "medium": "email"}})
WEB = Channel.from_data("web", {"name": "Web page"})
ADS = Channel.from_data("display", {"name": "Display", "paid": True})
LETTER = Deliverable("mail", "email", "dock", "us", "announce", publish="2027-03-09", due="2027-03-02")


def facets(**extra: Any) -> Facets:
    cta = {"see": {"text": "See it", "url": "example.com/see"}}
    return flatten({"campaign": {"name": "Rampline Live", "language": "en-US", "owner": "Mara"}, "markets": MARKETS, "ctas": cta, **extra})


def test_a_tagged_link_keeps_its_query_and_its_fragment_and_doubles_nothing() -> None:
    tagged = tag("example.com/see?a=1&utm_source=old#part", [("utm_source", "newsletter"), ("utm_medium", "email")])
    assert tagged == "https://example.com/see?a=1&utm_source=newsletter&utm_medium=email#part"


@given(st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), st.text(min_size=1, max_size=5), max_size=3), st.text(max_size=8))
def test_whatever_a_link_asks_for_is_still_asked_for(query: dict[str, str], value: str) -> None:
    from urllib.parse import urlencode

    once = tag(f"https://example.com/a?{urlencode(query)}#here", [("utm_content", value)])
    parts = urlsplit(once)
    asked = parse_qs(parts.query, keep_blank_values=True)
    assert {name: asked[name][0] for name in query if name != "utm_content"} == {n: v for n, v in query.items() if n != "utm_content"}
    assert (parts.fragment, asked["utm_content"]) == ("here", [value])
    assert tag(once, [("utm_content", value)]) == once


def test_the_key_of_a_campaign_is_its_month_its_name_and_the_market() -> None:
    assert campaign_key(facets(), "us") == "202703-rampline-live-us"
    assert campaign_key(facets(campaign={"name": "Größe & Mut"}), "de") == "202703-groesse-mut-de"


def test_links_are_counted_only_from_outside_and_only_to_ones_own_pages() -> None:
    offers = {"first": {"line": "Free.", "terms": "example.com/terms"}}
    known = facets(offers=offers, audiences={"dock": {"who": "x", "cta": "see"}})
    button, elsewhere, terms = links_of(known, LETTER, MAIL, ["example.com/see", "rival.example/x", "example.com/terms"])
    assert dict(button.tags) == {
        "utm_source": "newsletter", "utm_medium": "email", "utm_campaign": "202703-rampline-live-us", "utm_content": "mail.email.dock.us.announce",
    }  # fmt: skip
    assert elsewhere.leads == "https://rival.example/x"
    assert (terms.tags, terms.leads) == ((), "https://example.com/terms")
    assert all(not link.tags for link in links_of(known, LETTER, WEB, ["example.com/see"]))


PLACE = {
    "line": "display",
    "channel": "display",
    "market": "us",
    "buy": "cpm",
    "from": "2027-03-09",
    "until": "2027-04-09",
    "units": "500,000",
    "rate": "8",
}


def _money(place: dict[str, str], **budget: Any) -> tuple[list[str], dict[str, Any]]:
    known = {"total": "10,000", "currency": "USD", "lines": {"display": "4,000", "reserve": "6,000"}, "placements": {"p": place}, **budget}
    ad = Deliverable("ad", "display", "dock", "us")
    view = media_plan(facets(budget=known, dates={"debrief": "2027-05-01"}), {ad.id: ad}, {"display": ADS})
    return [finding.rule for finding in view.findings], view.records()[0]


def test_units_times_rate_is_cost_by_the_thousand_where_views_are_bought() -> None:
    found, row = _money(PLACE)
    assert (found, row["cost"]) == ([], Decimal("4000.00"))
    assert _money({**PLACE, "buy": "cpc", "units": "400", "rate": "2.50"})[1]["cost"] == Decimal("1000.00")


@pytest.mark.parametrize(
    ("place", "budget", "rule"),
    [
        ({"cost": "3,999"}, {}, "units-and-rate"),
        ({"units": "600,000"}, {}, "over-line"),
        ({"line": "film"}, {}, "no-line"),
        ({"from": "2027-03-08"}, {}, "flight"),
        ({"until": "2027-05-02"}, {}, "flight"),
        ({"until": "2027-03-08"}, {}, "flight"),
        ({}, {"total": "9,000"}, "lines-and-total"),
        ({}, {"lines": {"display": "10,000"}}, "contingency"),
        ({"line": "other", "channel": ""}, {"lines": {"other": "4,000", "reserve": "6,000"}}, "no-money"),
    ],
)
def test_each_sum_that_is_wrong_is_a_finding(place: dict[str, str], budget: dict[str, Any], rule: str) -> None:
    found, _row = _money({key: said for key, said in {**PLACE, **place}.items() if said}, **budget)
    assert rule in found


def test_what_an_objective_does_not_say_is_said_to_be_missing() -> None:
    view = measurement_plan(facets(objectives={"demos": {"measure": "requests", "target": "260"}}))
    row = view.records()[0]
    assert (row["measure"], row["source"], row["decision_rule"]) == ("requests", "not given", "not given")
    assert {finding.ref for finding in view.findings} >= {"objectives.demos.source", "objectives.demos.decision_rule"}


STEPS = {
    "staff": {"at": "staff-know", "say": "Staff know."},
    "press": {"at": "launch", "per": "market", "who": "contact", "say": "Press.", "after": ["staff"]},
}


def _show(**dates: str) -> Any:
    deliverables = {"mail": {"type": "mail", "why": "x"}}
    playbook = Playbook.from_data("p", {"title": "P", "deliverables": deliverables, "run_of_show": STEPS})
    approvals = {"copy": {"who": "Mara", "deputy": "Ben", "for": "copy"}}
    return run_of_show(facets(dates=dates, approvals=approvals, contact={"name": "Lena"}), playbook, {})


def test_steps_stand_by_the_clock_with_the_local_time_of_each_market() -> None:
    view = _show(**{"staff-know": "2027-03-09 07:00 America/Chicago"})
    rows = view.records()
    assert [(row["step"], row["market"]) for row in rows] == [("staff", ""), ("press", "us"), ("press", "de")]
    assert (rows[1]["time_us"], rows[1]["time_de"]) == ("2027-03-09 08:00", "2027-03-09 15:00")
    assert (rows[0]["person"], rows[0]["deputy"], rows[1]["person"]) == ("Mara", "Ben", "Lena")
    assert view.findings == ()


def test_the_press_before_the_staff_is_a_finding() -> None:
    view = _show(**{"staff-know": "2027-03-10"})
    assert [finding.rule for finding in view.findings] == ["run-order"]
    assert "press" in view.findings[0].message


def _clock(today: str) -> Clock:
    planned = {"mail": {"type": "mail", "channel": "email", "due": "-5wd", "lead": {"hand_over": 2}, "why": "x"}}
    playbook = Playbook.from_data("p", {"title": "P", "deliverables": planned, "lead": {"draft": 3, "review": 2, "hand_over": 1}})
    return Clock(facets(), playbook, today, public_holidays)


def test_dates_are_counted_back_from_the_day_a_text_is_due_and_the_day_it_runs() -> None:
    back = _clock("2027-02-01").back(LETTER)
    assert dict(back.dates) == {
        "draft": "2027-02-23", "review": "2027-02-26", "approve": "2027-03-02", "hand_over": "2027-03-05", "publish": "2027-03-09",
    }  # fmt: skip
    assert (back.reference, back.late) == ("launch in us, 2027-03-09", ())


def test_handing_over_before_easter_leaves_out_good_friday_and_easter_monday_in_germany() -> None:
    german = Deliverable("mail", "email", "dock", "de", publish="2027-03-30", due="2027-03-23")
    assert _clock("2027-02-01").back(german).on("hand_over") == "2027-03-24"


def test_a_step_that_is_past_and_not_done_is_late() -> None:
    assert _clock("2027-03-01").back(LETTER).late == ("draft", "review")
    assert _clock("2027-03-01").back(LETTER, ("draft",)).late == ("review",)
