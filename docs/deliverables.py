"""The page on deliverables, from the playbooks and the workers: what is made, by whom, from what, by when, with which fields."""

from collections.abc import Iterator

from concerted.campaign.playbook import Offset, Planned, Playbook
from concerted.catalog import Catalog
from concerted.workers.worker import Registry, load_workers

_PREFACE = """# Deliverables

Made by `make docs` from the playbooks and the workers; change them, not this page. Tier 1 makes everything, 2 leaves out what names tier 1, 3 makes
only what names none. Due is the day by which a text must be approved, in working days (wd) or days (d) before launch.
"""


def deliverables_page() -> str:
    """Write the page."""
    registry = load_workers()
    return "\n".join([_PREFACE, *(line for book in Catalog().playbooks().values() for line in _playbook(book, registry))])


def _playbook(book: Playbook, registry: Registry) -> Iterator[str]:
    yield f"## {book.title} (`{book.slug}`)\n\n{book.summary}\n"
    lead = book.lead
    yield f"Steps take, in working days: draft {lead.draft or 0}, review {lead.review or 0}, handing over {lead.hand_over or 0}.\n"
    yield "| Deliverable | Made by | Channel | One for each | Tier | Due | Runs | Why |\n|---|---|---|---|---|---|---|---|"
    for slug, plan in book.deliverables.items():
        made = registry.type(plan.type)
        per = " and ".join(plan.per) or "campaign"
        variants = f": {', '.join(plan.variants)}" if plan.variants else ""
        cells = (
            f"{made.title} (`{slug}`){variants}",
            registry.worker_of(plan.type).slug,
            plan.channel,
            per,
            plan.tier,
            _day(plan.due),
            _runs(plan),
            plan.why,
        )
        yield f"| {' | '.join(str(cell) for cell in cells)} |"
    yield "\n### Fields\n"
    for kind in dict.fromkeys(plan.type for plan in book.deliverables.values()):
        fields = ", ".join(f"`{spec.name}`{' (where there is something to say)' if spec.optional else ''}" for spec in registry.type(kind).fields)
        yield f"- **{registry.type(kind).title}**: {fields}"
    if book.run_of_show:
        yield "\n### Launch day, step by step\n\n| Step | When | Who | What | After |\n|---|---|---|---|---|"
    for slug, step in book.run_of_show.items():
        when = f"{step.at}{f' {step.minutes:+d} min' if step.minutes else ''}"
        yield f"| `{slug}` | {when} | {step.who} | {step.say} | {', '.join(step.after)} |"
    yield ""


def _day(offset: Offset | None) -> str:
    if offset is None:
        return ""
    return f"{offset.anchor} {offset.days:+d}{'wd' if offset.working else 'd'}" if offset.days else offset.anchor


def _runs(plan: Planned) -> str:
    days = dict.fromkeys(_day(plan.of(name).publish or plan.publish) for name in plan.members())
    return ", ".join(days)
