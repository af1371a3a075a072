"""What of an earlier strategy still stands after a change, whatever was redrafted: by its words, and apart from that by its meaning."""

from concerted.campaign.line import State
from concerted.conductor.dismissing import pieces_of
from concerted.conductor.meaning import old_lines
from concerted.conductor.report import Report
from concerted.conductor.session import Session
from concerted.planning.build import Built
from concerted.planning.residual import residues


def lingering(session: Session, before: State, after: State, built: Built) -> Report:
    """List what texts of main say of earlier strategies, and what they mean of the line that has just changed.

    The second is advice with its confidence, where the extra is installed; `not_heard` says in one line where it was not looked at.
    """
    literals = " ".join(dict.fromkeys(slot.recipe.house for slot in built.slots.values()))
    found = residues(after, session.facets(after), session.kit(after.main.tree), after.main.texts, literals) if after.versions else ()
    words = [{"id": one.asset, "field": one.field, "ref": one.ref, "fragment": one.fragment} for one in found]
    moved = len(after.versions) > len(before.versions)
    meant, unheard = old_lines(session, before, after, pieces_of(session, after)) if moved else ((), "")
    said = {(one.asset, one.field) for one in found}
    heard = [
        {"id": one.asset, "field": one.field, "ref": one.ref, "sentence": one.evidence, "confidence": one.confidence}
        for one in meant
        if (one.asset, one.field) not in said
    ]
    return {"residual": words, "residual_meaning": heard, "not_heard": unheard}
