"""The record that words get which a person writes or confirms today: what the machine would be given for that field on this line."""

from concerted.campaign.draft import Record
from concerted.planning.house import render_field
from concerted.planning.render import Rendering, render_brief
from concerted.planning.site import Site, Slot


def rendering_today(site: Site, slot: Slot, name: str) -> Rendering | None:
    """Render what a field is written from on this line; None where no template speaks of it."""
    if slot.recipe.mode == "house":
        return render_field(site, slot, name)
    return render_brief(slot.recipe.prompt, site.reading(slot.deliverable), site.kit.law, slot.type.field(name).group)


def record_today(site: Site, slot: Slot, name: str, author: str) -> Record:
    """Give the record of words that somebody answers for today: every key as it stands now."""
    rendering = rendering_today(site, slot, name)
    if rendering is None:
        return Record(slot.recipe.hash, (), "", author=author)
    return Record(slot.recipe.hash, rendering.trace, rendering.hash, site.kit.rules.guardrail_hash(site.facets), author)
