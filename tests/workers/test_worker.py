"""Workers are found by their entry points, and what they declare fits the playbook, the channels and each other."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from concerted.campaign.deliverable import DeliverableType, FieldSpec
from concerted.catalog import Catalog
from concerted.errors import NotFound, UserError
from concerted.planning.trace import TemplateFault
from concerted.workers.worker import Hired, Registry, Worker, load_workers, worker_names

TYPES = {
    *("messaging-house", "concept", "creative-brief", "landing-page", "launch-email", "follow-up-email", "linkedin-post", "x-post", "social-post"),
    *("social-kit", "search-ad", "performance-max", "display-ad", "linkedin-ad", "meta-ad", "keyword-list", "audience-targeting", "sms", "push"),
    *("press-release", "internal-brief", "blog-post", "faq", "video-text", "sales-one-pager", "battlecard", "partner-brief"),
}
Package: TypeAlias = tuple[str, Path]


def test_the_names_of_workers_are_those_of_their_entry_points() -> None:
    assert worker_names() == (*("ads", "content", "creative", "email", "internal", "media", "messaging", "mobile", "pr", "sales", "social", "web"),)
    assert {worker.slug for worker in load_workers().workers} == set(worker_names())


def test_every_type_of_the_shipped_playbook_has_its_worker() -> None:
    registry = load_workers()
    assert set(registry.types) == TYPES
    for plan in Catalog().playbook("product-launch").deliverables.values():
        assert registry.type(plan.type).worker == registry.worker_of(plan.type).slug


def _slots() -> Iterator[tuple[str, str]]:
    registry = load_workers()
    for plan in Catalog().playbook("product-launch").deliverables.values():
        for spec in registry.type(plan.type).fields:
            if spec.slot:
                yield plan.channel, spec.slot


def test_every_slot_is_a_field_of_the_channel_where_the_type_runs() -> None:
    channels = Catalog().channels()
    assert [(channel, slot) for channel, slot in _slots() if slot not in channels[channel].fields] == []


def _counted() -> Iterator[tuple[str, str, int, int, int]]:
    """Give each slot whose channel counts texts: channel, slot, least, most, and how many fields must have words."""
    registry, channels = load_workers(), Catalog().channels()
    for plan in Catalog().playbook("product-launch").deliverables.values():
        fields = registry.type(plan.type).fields
        for slot in {spec.slot for spec in fields if spec.slot}:
            least, most = channels[plan.channel].fields[slot].min_items, channels[plan.channel].fields[slot].max_items
            needed = [spec for spec in fields if spec.slot == slot and not spec.optional]
            yield plan.channel, slot, least.value if least else 0, most.value if most else 99, len(needed)


def test_the_channels_limits_that_count_texts_can_be_met() -> None:
    assert ("google-search", "headline", 3, 15, 3) in set(_counted())
    assert [row for row in _counted() if not row[2] <= row[4] <= row[3]] == []


def test_field_names_are_unique_within_a_type() -> None:
    for made in load_workers().types.values():
        assert len(set(made.field_names())) == len(made.fields)


def test_what_stays_inside_is_marked_so() -> None:
    staff = {slug for slug, made in load_workers().types.items() if made.visibility == "staff"}
    assert staff == {"messaging-house", "concept", "creative-brief", "internal-brief", "battlecard", "keyword-list", "audience-targeting"}
    assert [slug for slug, made in load_workers().types.items() if made.visibility == "partner"] == ["partner-brief"]


def test_all_shipped_templates_compile_and_write_only_known_fields() -> None:
    registry = load_workers()
    registry.check()
    assert "en" in registry.languages("landing-page")


def test_a_missing_language_is_none_and_not_another_language() -> None:
    assert load_workers().house_source("landing-page", "tlh") is None


def test_an_unknown_type_is_not_found_and_says_what_was_meant() -> None:
    with pytest.raises(NotFound, match="did you mean landing-page"):
        load_workers().type("landingpage")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    """Make an outside package for a worker that makes a flyer; a package is imported once, so each test has its own."""
    folder = tmp_path / f"outside_{tmp_path.name}"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    return folder.name, folder


def _registry(package: str) -> Registry:
    flyer = DeliverableType("flyer", "Flyer", "print", (FieldSpec("front"), FieldSpec("back")))
    return Registry({"print": Hired(Worker("print", "Print", "Makes flyers.", (flyer,)), package)})


def test_an_outside_worker_brings_its_templates_in_its_own_package(package: Package) -> None:
    name, folder = package
    (folder / "prompt.md.j2").write_text("{{ close() }}", encoding="utf-8")
    (folder / "flyer.house.en.j2").write_text("== front\n{{ positioning.promise }}\n", encoding="utf-8")
    registry = _registry(name)
    registry.check()
    assert registry.languages("flyer") == ("en",)
    assert (registry.house_source("flyer", "en") or "").startswith("== front")
    assert "{% macro close() %}" in registry.prompt_source("flyer")


def test_the_prompt_of_a_type_goes_before_the_one_of_its_worker(package: Package) -> None:
    name, folder = package
    (folder / "prompt.md.j2").write_text("of the worker", encoding="utf-8")
    (folder / "flyer.prompt.md.j2").write_text("of the flyer", encoding="utf-8")
    assert _registry(name).prompt_source("flyer").endswith("of the flyer")


def test_every_template_that_cannot_be_used_is_named_at_once(package: Package) -> None:
    name, folder = package
    (folder / "prompt.md.j2").write_text("{{ positioning|pprint }}", encoding="utf-8")
    (folder / "flyer.house.en.j2").write_text("== inside\nWords.\n", encoding="utf-8")
    (folder / "flyer.house.de.j2").write_text("== front\n{% if %}\n", encoding="utf-8")
    with pytest.raises(TemplateFault) as caught:
        _registry(name).check()
    assert [problem.file or problem.message.partition(":")[0] for problem in caught.value.problems] == [
        "prompt of flyer",
        "flyer.house.de.j2",
        "flyer.house.en.j2",
    ]
    assert "writes inside, which flyer does not have" in str(caught.value)


def test_a_worker_without_prompt_says_which_file_to_add(package: Package) -> None:
    with pytest.raises(NotFound, match=r"add flyer\.prompt\.md\.j2"):
        _registry(package[0]).prompt_source("flyer")


INSTALLED = """
from concerted.campaign.deliverable import DeliverableType, FieldSpec
from concerted.workers.worker import Worker
WORKER = Worker("print", "Print", "Makes flyers.", (DeliverableType("flyer", "Flyer", "print", (FieldSpec("front"),)),))
"""


def _install(package: Package, value: str) -> None:
    """Leave the files that an installer would leave."""
    name, folder = package
    (folder / "__init__.py").write_text(INSTALLED, encoding="utf-8")
    papers = folder.parent / f"{name}-1.0.dist-info"
    papers.mkdir()
    (papers / "METADATA").write_text(f"Name: {name}\nVersion: 1.0\n", encoding="utf-8")
    (papers / "entry_points.txt").write_text(f"[concerted.workers]\nprint = {name}:{value}\n", encoding="utf-8")


def test_an_installed_package_brings_a_worker_like_ours(package: Package) -> None:
    _install(package, "WORKER")
    (package[1] / "prompt.md.j2").write_text("{{ close() }}", encoding="utf-8")
    assert "print" in worker_names()
    assert load_workers().worker_of("flyer").title == "Print"


def test_the_templates_of_an_installed_package_are_checked_when_it_is_loaded(package: Package) -> None:
    _install(package, "WORKER")
    (package[1] / "prompt.md.j2").write_text("{{ positioning|tojson }}", encoding="utf-8")
    with pytest.raises(TemplateFault, match="prompt of flyer"):
        load_workers()


def test_an_entry_point_that_is_no_worker_is_named(package: Package) -> None:
    _install(package, "FieldSpec")
    with pytest.raises(UserError, match="The worker print cannot be used"):
        load_workers()


def test_two_workers_that_make_the_same_do_not_go_together() -> None:
    sms = DeliverableType("sms", "SMS", "one", (FieldSpec("text"),))
    rivals = {slug: Hired(Worker(slug, slug, "Makes it.", (sms,)), "concerted.workers.mobile") for slug in ("one", "two")}
    with pytest.raises(UserError, match="More than one worker makes sms: one, two"):
        Registry(rivals)
