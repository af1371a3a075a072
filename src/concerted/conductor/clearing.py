"""Legal's reading list: each distinct sentence of the drafts once, cleared once, wherever it stands. A clearance binds the words and their facts.

It is no signature under an asset: who clears is offered the assets that consist of cleared sentences only, and signs them together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from concerted.campaign.draft import Draft, hash_text
from concerted.campaign.event import Event, Put
from concerted.campaign.facets import MEMBERS, Facets, hash_at
from concerted.campaign.line import State
from concerted.campaign.review import Clearance
from concerted.conductor.assembly import people as people_of
from concerted.conductor.judging import trace_rows
from concerted.conductor.remarks import placed, said
from concerted.conductor.report import Report
from concerted.conductor.reviewing import Reader, Wanted, chosen, lay_out, reader_of, remember, slug
from concerted.conductor.session import Session
from concerted.errors import NotFound, Reason, Refused
from concerted.planning.build import Built
from concerted.planning.stations import is_fact
from concerted.review.reading_copy import ABOUT, CLEARED, About, CopyAsset, CopyField, Evidence, ReadingCopy, mark
from concerted.review.returned import FieldBack, words_back
from concerted.rules.figures import figures
from concerted.rules.segment import passages, quoted_whole

if TYPE_CHECKING:
    from concerted.conductor.returning import Weighed

LIST = "list: "
"""Begins the names under which rounds of reading lists are remembered."""
KEY = 8
Kind = Literal["cleared", "with numbers", "free prose"]
KINDS: tuple[Kind, ...] = ("with numbers", "free prose", "cleared")


@dataclass
class Sentence:
    """One distinct sentence of the drafts."""

    text: str
    kind: Kind = "free prose"
    about: About = "prose"
    refs: tuple[str, ...] = ()
    places: list[str] = field(default_factory=list[str])
    unsupported: tuple[str, ...] = ()
    """What it states that no line of the strategy holds."""
    by: tuple[str, ...] = ()
    """Who cleared it, and for which role."""
    remarks: tuple[str, ...] = ()
    """What readers said of it and is open."""

    @property
    def key(self) -> str:
        """What it is called in a list: the beginning of the hash of its words."""
        return hash_text(self.text)[:KEY]

    @property
    def assets(self) -> tuple[str, ...]:
        """The assets in which it stands."""
        return tuple(dict.fromkeys(place.partition("#")[0] for place in self.places))


def sentences_of(session: Session, state: State, reader: Reader | None = None, wanted: Wanted | None = None) -> dict[str, Sentence]:
    """Collect the distinct sentences of the drafts by key, in reading order; with a reader those of texts that need them."""
    built = session.build(state)
    wanted, roles = wanted or Wanted(), reader.roles if reader else ()
    found: dict[str, Sentence] = {}
    for slot in chosen(built, wanted):
        draft = slot.before
        if draft is None or (roles and set(roles).isdisjoint(built.site.kit.roles.demanded(slot.deliverable, draft.values, built.facets))):
            continue
        for row in _passages(built, slot.id, session.today):
            text = str(row["sentence"])
            one = found.setdefault(hash_text(text)[:KEY], Sentence(text))
            one.places.append(f"{slot.id}#{row['field']}")
            one.refs = tuple(dict.fromkeys((*one.refs, *row["refs"])))
            one.unsupported = tuple(dict.fromkeys((*one.unsupported, *(finding["message"] for finding in row["findings"]))))
            one.about = _about(one)
            one.kind = _kind(one, row["kind"] == "cleared" and _clears_by_strategy(built.facets, roles))
    said_of = _remarks(state)
    for one in found.values():
        one.by = tuple(f"{held.by} ({held.role}, {held.at[:10]})" for held in _held(state, built, one.text) if not roles or held.role in roles)
        one.kind = "cleared" if one.by else one.kind
        one.remarks = said_of.get(one.text, ())
    # What nobody can prove comes first, then what is claimed and priced; within that, what stands in most assets.
    order = list(ABOUT)
    return dict(sorted(found.items(), key=lambda item: (order.index(item[1].about), -len(item[1].assets))))


def _passages(built: Built, asset: str, today: str) -> list[Report]:
    """Give the sentences of an asset, a quotation of several whole, each with what it states."""
    texts = built.slots[asset].texts
    found: list[Report] = []
    for name, rows in groupby(trace_rows(built, asset, today), key=lambda row: str(row["field"])):
        listed, start = list(rows), 0
        for group in quoted_whole([str(row["sentence"]) for row in listed]):
            some = [listed[at] for at in group]
            words = texts[name].value
            begin = max(words.find(str(some[0]["sentence"]), start), 0)
            start = max(words.find(str(some[-1]["sentence"]), begin), 0) + len(str(some[-1]["sentence"]))
            found.append(
                {
                    **some[0],
                    "sentence": words[begin:start] if len(some) > 1 else some[0]["sentence"],
                    "refs": [ref for row in some for ref in row["refs"]],
                    "findings": [finding for row in some for finding in row["findings"]],
                    "kind": "cleared" if all(row["kind"] == "cleared" for row in some) else some[0]["kind"] if len(some) == 1 else "",
                }
            )
    return found


def _about(one: Sentence) -> About:
    """Say what a sentence is about for who has to clear it: the first that fits."""
    if one.unsupported:
        return "unproved"
    if any(ref.startswith("claims.") for ref in one.refs):
        return "claims"
    if any(ref.startswith("people.") and "quote" in ref for ref in one.refs):
        return "quotes"
    if any(ref.startswith("offers.") and (".price" in ref or ".then" in ref) for ref in one.refs):
        return "prices"
    return "other facts" if any(is_fact(f"f:{ref}") for ref in one.refs) or any(True for _ in figures(one.text)) else "prose"


def _remarks(state: State) -> dict[str, tuple[str, ...]]:
    """Sentence -> what is remarked on it."""
    found: dict[str, tuple[str, ...]] = {}
    for _place, remark in placed(state):
        for sentence in remark.sentences:
            found[sentence] = tuple(dict.fromkeys((*found.get(sentence, ()), said(remark))))
    return found


def _kind(one: Sentence, cleared: bool) -> Kind:
    if cleared:
        return "cleared"
    return "free prose" if one.about == "prose" else "with numbers"


def _clears_by_strategy(facets: Facets, roles: Iterable[str]) -> bool:
    """Tell whether the clearances that stand in the strategy's claims are what these roles would give."""
    return all(facets.get(f"approvals.{role}.for", "copy") != "copy" for role in roles)


def _held(state: State, built: Built, text: str) -> list[Clearance]:
    """Give the clearances of a sentence that hold today: same words, same facts."""
    ending = f"|{hash_text(text)}"
    held = [one for key, one in state.cleared.items() if key.endswith(ending)]
    return [one for one in held if all(hash_at(built.facets, key[2:]) == seen for key, seen in one.facts)]


def reading_list(session: Session, wanted: Wanted, html: Path | None, docx: Path | None) -> Report:
    """List the distinct sentences with how each stands; write them where wanted, which counts as a round. Raises NotFound, Refused."""
    state = session.state()
    built = session.build(state)
    reader = reader_of(built.facets, wanted.reader)
    name = LIST + reader.name
    before = state.rounds.get(name)
    every = sentences_of(session, state, reader, wanted)
    shown = {key: one for key, one in every.items() if not wanted.changed or before is None or key not in before.texts}
    files: list[Report] = []
    ident = f"{slug('list ' + reader.name)}-{before.number + 1 if before else 1}"
    if html is not None or docx is not None:
        open_ = {key: one for key, one in shown.items() if one.kind != "cleared" or not wanted.changed}
        if not open_:
            raise Refused("There is nothing to clear.", next="concerted approve --cleared")
        session.person()
        files = lay_out(_copy(session, state, built, (ident, reader, open_)), html, docx)
        remember(session, state, name, (ident, {key: hash_text(one.text) for key, one in every.items() if key in open_}), "", before)
    totals = {kind: sum(one.kind == kind for one in every.values()) for kind in KINDS}
    return {
        "reader": reader.name,
        "who": reader.who,
        "assets": len({asset for one in every.values() for asset in one.assets}),
        "totals": totals,
        "sentences": [_row(built, one, before is not None and key not in before.texts) for key, one in shown.items()],
        "need_no_reading": cleared_assets(session, state, reader.roles) if reader.roles else [],
        "copy": ident if files else None,
        "files": files,
    }


def _row(built: Built, one: Sentence, new: bool) -> Report:
    return {
        "key": one.key, "sentence": one.text, "state": one.kind, "about": one.about, "refs": list(one.refs),
        "evidence": list(dict.fromkeys(proof.source for proof in _proof(built.facets, one) if proof.source)),
        "assets": list(one.assets), "places": list(one.places), "cleared_by": list(one.by), "unsupported": list(one.unsupported),
        "remarks": list(one.remarks), "new": new,
    }  # fmt: skip


def _proof(facets: Facets, one: Sentence) -> tuple[Evidence, ...]:
    leaves = {ref.partition("@")[0]: ref for ref in one.refs if one.text in _spell(facets.get(ref))}
    found: list[Evidence] = []
    for ref in one.refs:
        if leaves.get(ref.partition("@")[0], ref) != ref:
            # Another length or language of the line that the sentence is.
            continue
        source = str(facets.get(f"{'.'.join(ref.split('.')[:2])}.evidence") or "") if ref.startswith("claims.") else ""
        found.append(Evidence(ref, _spell(facets.get(ref)), source))
    return tuple(found)


def _spell(value: object) -> str:
    return ", ".join(str(part) for part in cast("tuple[object, ...]", value)) if isinstance(value, tuple) else str(value if value is not None else "")


def _copy(session: Session, state: State, built: Built, made: tuple[str, Reader, Mapping[str, Sentence]]) -> ReadingCopy:
    ident, reader, shown = made
    titles = {**ABOUT, "cleared": CLEARED}
    sections = tuple(
        CopyAsset(about, f"{title}: {len(rows)}", "", "", tuple(_field(built, one) for one in rows))
        for about, title in titles.items()
        if (rows := [one for one in shown.values() if (one.kind if one.kind == "cleared" else one.about) == about])
    )
    assets = len({asset for one in shown.values() for asset in one.assets})
    return ReadingCopy(
        ident, "sentences", f"{built.facets.get('campaign.name', 'Campaign')}: reading list", str(built.facets.get("campaign.company", "")),
        reader.name, reader.who, session.today, f"strategy version {len(state.versions)}",
        f"{assets} assets come down to {len(shown)} distinct sentences.", sections,
    )  # fmt: skip


def _field(built: Built, one: Sentence) -> CopyField:
    said = (
        *(f"Not covered by the strategy: {message}" for message in one.unsupported),
        *(f"Cleared by {who}" for who in one.by),
        *one.remarks,
    )
    return CopyField(
        one.key, f"In {len(one.assets)} {'asset' if len(one.assets) == 1 else 'assets'}", one.text, hash_text(one.text),
        remarks=said, evidence=_proof(built.facets, one), kind=one.kind, where=one.assets,
    )  # fmt: skip


# Clearing ------------------------------------------------------------------------------------------------------------


def clear(session: Session, typed: tuple[str, ...]) -> Report:
    """Clear sentences (by key or word for word) and claims (by ref) once, signed. Raises Refused where the person clears nothing, NotFound."""
    state = session.state()
    roles = _roles(session, state)
    texts = [text for one in typed for text in _meant(session, state, one)]
    after = write(session, state, texts)
    done = cleared_assets(session, after, roles)
    return {"done": texts, "refused": [], "roles": list(roles), "need_no_reading": done}


def _roles(session: Session, state: State) -> tuple[str, ...]:
    facets = session.facets(state)
    rules = [str(rule) for rule in cast(tuple[Any, ...], facets.get(f"approvals.{MEMBERS}") or ())]
    roles = tuple(rule for rule in rules if session.person() in people_of(rule, None, facets))
    if not roles:
        who = dict.fromkeys(name for rule in rules for name in people_of(rule, None, facets))
        reasons = [Reason(f"{session.by} is named in no approval rule; these are: {', '.join(who)}", f'add --by "{next(iter(who), "")}"')]
        raise Refused("Not theirs to clear.", reasons=reasons)
    return roles


def _meant(session: Session, state: State, typed: str) -> list[str]:
    """Find what was typed: a key of the list, a claim, or a sentence as it stands in a draft."""
    facets = session.facets(state)
    if typed.startswith("claims."):
        forms = [path for path in facets if (path == typed or path.startswith((f"{typed}.", f"{typed}@"))) and _is_form(path)]
        if not forms:
            raise NotFound(f"There is no claim {typed}.", next="concerted review list --for legal")
        return list(dict.fromkeys(part.strip() for path in forms for part in session.kit(state.main.tree).matching.segment(str(facets[path]))))
    known = sentences_of(session, state)
    found = known.get(typed) or next((one for one in known.values() if one.text == typed.strip()), None)
    if found is None:
        raise NotFound(f"No draft holds the sentence “{typed}”.", next="concerted review list")
    return [found.text]


def _is_form(path: str) -> bool:
    return path.partition("@")[0].rpartition(".")[2] in ("full", "short")


def write(session: Session, state: State, texts: Iterable[str]) -> State:
    """Record clearances for every role that the person holds; what the sentences state is pinned."""
    roles, facets = _roles(session, state), session.facets(state)
    says = session.kit(state.main.tree).matching.says
    puts: list[Put] = []
    for text in dict.fromkeys(texts):
        facts = tuple(edge for edge in says(text, facets) if is_fact(edge[0]))
        puts += [Put("cleared", f"{role}|{hash_text(text)}", Clearance(text, role, session.person(), session.now(), facts)) for role in roles]
    return session.append(state, Event("cleared", session.now(), session.person(), f"{len(puts)} sentences", tuple(puts))) if puts else state


def cleared_assets(session: Session, state: State, roles: Iterable[str]) -> list[str]:
    """Name the assets, not signed yet, of which one of these roles has cleared every sentence."""
    built = session.build(state)
    found: list[str] = []
    for slot in built.slots.values():
        draft = slot.before
        demanded = built.site.kit.roles.demanded(slot.deliverable, draft.values, built.facets) if draft else ()
        mine = [role for role in roles if role in demanded]
        if draft is not None and mine and all(_all_cleared(session, state, built, (slot.id, draft, role)) for role in mine):
            found.append(slot.id)
    return found


def cleared_for_me(session: Session) -> list[str]:
    """Name the assets of which the person at hand has cleared every sentence. Raises Refused where there is none."""
    state = session.state()
    found = cleared_assets(session, state, _roles(session, state))
    if not found:
        raise Refused("There is no text of which you have cleared every sentence.", next="concerted review list")
    return found


def _all_cleared(session: Session, state: State, built: Built, asked: tuple[str, Draft, str]) -> bool:
    asset, draft, role = asked
    texts = {passage for text in draft.values.values() for passage in passages(text)}
    open_ = {text for text in texts if not any(held.role == role for held in _held(state, built, text))}
    if open_ and _clears_by_strategy(built.facets, (role,)):
        open_ -= {str(row["sentence"]) for row in _passages(built, asset, session.today) if row["kind"] == "cleared"}
    return not open_


# What comes back -----------------------------------------------------------------------------------------------------


def sentence_of(session: Session, state: State, marked: str) -> str:
    """Find a sentence of the drafts by the mark of its key; empty where it stands nowhere any more."""
    return next((one.text for key, one in sentences_of(session, state).items() if mark(key) == marked or key == marked), "")


def weigh_sentence(state: State, weighed: "Weighed", one: Sentence | None, came: FieldBack) -> None:
    """Weigh a sentence that came back: ticked it is cleared; reworded it is an edit of every field that holds it."""
    from concerted.conductor.returning import Edit

    if one is None:
        text = "".join(words for words, _tracked in came.after)
        weighed.unmapped.append({"text": text, "near": came.place, "by": "", "why": "the sentence stands in no draft any more"})
        return
    if came.fine:
        weighed.clears.append(one.text)
    text = words_back(one.text, came.after) if came.after else one.text
    if text == one.text:
        return
    for place in dict.fromkeys(one.places):
        asset, _, name = place.partition("#")
        earlier = next((edit for edit in weighed.edits if (edit.asset, edit.name) == (asset, name)), None)
        now = earlier.text if earlier else state.main.texts[asset].values[name]
        was = earlier.was if earlier else now
        weighed.edits = [edit for edit in weighed.edits if edit is not earlier]
        weighed.edits.append(Edit(asset, name, was, now.replace(one.text, text), came.authors))
