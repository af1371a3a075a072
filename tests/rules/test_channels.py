"""The channels of the library: readable, dated, sourced, complete, and described on a page that is current."""

from pathlib import Path
from typing import Any

import pytest

from concerted.campaign.channel import Channel, channels_page
from concerted.errors import UserError
from tests.rules.dock import CHANNELS

PAGE = Path(__file__).parents[2] / "docs" / "channels.md"


def test_the_channels_of_a_launch_and_the_house_itself_are_there() -> None:
    assert set(CHANNELS) == {
        *("google-search", "performance-max", "display", "meta-ads", "linkedin-ads"),
        *("linkedin", "x", "facebook", "instagram", "threads", "bluesky", "tiktok", "youtube"),
        *("email", "sms", "push", "web", "blog", "press", "sales", "partners", "internal"),
    }
    assert CHANNELS["internal"].visibility == "staff"


def test_every_limit_has_its_papers() -> None:
    limits = [limit for channel in CHANNELS.values() for spec in channel.fields.values() for _, limit in spec.figures()]
    assert len(limits) > 60
    for limit in limits:
        assert limit.source
        assert bool(limit.verified_on) is (limit.confidence != "unverified")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("channel.google-search.headline.max", 30),
        ("channel.google-search.headline.count", "display-width"),
        ("channel.google-search.headline.min_items", 3),
        ("channel.google-search.headline.max_items", 15),
        ("channel.google-search.description.max", 90),
        ("channel.google-search.path.max", 15),
        ("channel.x.post.max", 280),
        ("channel.x.post.count", "x-weighted"),
        ("channel.linkedin.post.max", 3000),
        ("channel.linkedin.hook.recommended", 210),
        ("channel.sms.text.recommended", 1),
        ("channel.web.seo_title.font_px", 20),
        ("channel.email.subject.recommended", 50),
    ],
)
def test_limits_become_facets(path: str, value: object) -> None:
    assert CHANNELS[path.split(".")[1]].as_facets()[path] == value


def test_where_a_text_is_cut_is_data_for_previews_and_no_limit() -> None:
    post = CHANNELS["linkedin"].fields["post"]
    assert post.shown is not None
    assert (post.shown.value, post.max and post.max.value) == (210, 3000)
    assert "channel.linkedin.post.shown" not in CHANNELS["linkedin"].as_facets()
    assert "| shown | 210 |" in PAGE.read_text(encoding="utf-8")


def test_sources_and_dates_are_no_facets() -> None:
    facets = [path for channel in CHANNELS.values() for path in channel.as_facets()]
    assert {path.rpartition(".")[2] for path in facets} <= {"label", "count", "font_px", "max", "recommended", "min_items", "max_items"}


def test_the_page_on_channels_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == channels_page(CHANNELS.values())


def limit(**changes: Any) -> dict[str, Any]:
    return {"value": 30, "unit": "characters", "source": "here", "confidence": "unverified", **changes}


BROKEN: list[tuple[dict[str, Any], str]] = [
    ({"label": "Text", "max": limit(unit="pixels")}, "given in pixels"),
    ({"label": "Text", "max": limit(value=0)}, "greater than 0"),
    ({"label": "Text", "max": limit(source="")}, "at least 1"),
    ({"label": "Text", "max": limit(confidence="verified")}, "verified_on"),
    ({"label": "Text", "max": limit(verified_on="2026-11")}, "verified_on"),
    ({"label": "Text", "max": limit(confidence="verified", verified_on="last week")}, "pattern"),
    ({"label": "Text", "max": limit(), "recommended": limit(value=31)}, "longer than max"),
    ({"label": "Text", "max_items": limit()}, "counts items"),
    ({"label": "Text", "count": "pixels"}, "font_px"),
    ({"label": "Text", "font_px": 20}, "font_px"),
    ({"label": "Text", "maximum": limit()}, "not permitted"),
    ({}, "required"),
]


@pytest.mark.parametrize(("spec", "mistake"), BROKEN)
def test_a_mistake_in_a_channel_is_named_with_its_place(spec: dict[str, Any], mistake: str) -> None:
    with pytest.raises(UserError) as raised:
        Channel.from_data("own", {"name": "Own", "fields": {"text": spec}})
    (problem,) = raised.value.problems
    assert mistake in problem.message
    assert problem.ref.startswith("channel.own.fields.text")


def test_a_recommended_length_may_be_the_longest() -> None:
    channel = Channel.from_data("own", {"name": "Own", "fields": {"text": {"label": "Text", "max": limit(), "recommended": limit()}}})
    assert [name for name, _ in channel.fields["text"].limits()] == ["max", "recommended"]


def test_all_mistakes_are_named_at_once() -> None:
    with pytest.raises(UserError) as raised:
        Channel.from_data("own", {"visibility": "everyone", "fields": {"text": {"label": "", "count": "letters"}}})
    assert {problem.ref for problem in raised.value.problems} == {
        "channel.own.name", "channel.own.visibility", "channel.own.fields.text.label", "channel.own.fields.text.count",
    }  # fmt: skip


def test_a_date_in_a_data_file_may_be_typed() -> None:
    from datetime import date

    spec = {"label": "Text", "max": limit(confidence="verified", verified_on=date(2026, 11, 3))}
    channel = Channel.from_data("own", {"name": "Own", "fields": {"text": spec}})
    assert channel.fields["text"].max is not None
    assert channel.fields["text"].max.verified_on == "2026-11-03"


@pytest.mark.parametrize("slug", ["Own", "own.channel", "", "-own"])
def test_a_slug_has_small_letters_and_no_dots(slug: str) -> None:
    with pytest.raises(UserError):
        Channel.from_data(slug, {"name": "Own"})
