"""Re-use: a stored text stands again where what it was written from reads as it did. Nothing is written twice."""

from dataclasses import replace

from concerted.campaign.draft import Text
from concerted.planning.render import Rendering
from concerted.planning.site import Site, Slot
from concerted.planning.trace import Reading


def stored_text(site: Site, slot: Slot, name: str, rendering: Rendering) -> Text | None:
    """Find the text last current for a field whose whole trace fits on this line, or that was written from this very brief.

    It must pass today's guardrails, and nobody may have sent it back. Words of people are proposed to people, never re-used here.
    """
    reading = site.reading(slot.deliverable)
    texts = [text for draft in site.stored(slot.id) if (text := draft.fields.get(name)) and _may_return(site, slot, name, text)]
    fitting = next((text for text in texts if site.fits(text, reading)), None)
    return fitting or next((repinned(text, rendering) for text in texts if same_brief(slot, text, rendering) and states_today(text, reading)), None)


def _may_return(site: Site, slot: Slot, name: str, text: Text) -> bool:
    if text.origin == "person" or text.hash in site.refused(slot.id, name):
        return False
    if site.change.recipes and text.record.recipe != slot.recipe.hash:
        return False
    return not site.violations(slot.deliverable, name, text.value)


def same_brief(slot: Slot, text: Text, rendering: Rendering) -> bool:
    """Tell whether a text was written with today's recipe from exactly today's brief, whatever its trace says."""
    return bool(text.record.prompt_hash) and text.record.recipe == slot.recipe.hash and text.record.prompt_hash == rendering.hash


def states_today(text: Text, reading: Reading) -> bool:
    """Tell whether everything that the words state beside their brief is as it was."""
    return all(reading.hash_of(key) == seen for key, seen in text.record.says)


def repinned(text: Text, rendering: Rendering) -> Text:
    """Give words that stand the keys of today."""
    return replace(text, record=replace(text.record, trace=rendering.trace))
