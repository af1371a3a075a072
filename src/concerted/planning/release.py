"""The release gate R1-R9: a manifest of drafts that belong to one strategy, or every reason why not. Pure; nothing is written here."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from concerted.campaign.change import NO_CHANGE
from concerted.campaign.deliverable import Deliverable
from concerted.campaign.draft import Draft, Text
from concerted.campaign.facets import hash_at, hash_tree, wording_source
from concerted.campaign.line import Line, State
from concerted.campaign.outside import KIND_WORDS, OFTEN_ELSE, OPENS_CLAUSE, POINTING, POINTING_ANYWHERE, POINTING_BESIDE
from concerted.errors import Reason
from concerted.planning.build import Built, build
from concerted.planning.filed import is_filed
from concerted.planning.kit import Kit, Recipe
from concerted.planning.render import parse_house, render_brief, render_variants
from concerted.planning.residual import residues
from concerted.planning.site import Site, Slot
from concerted.planning.stations import signed_roles
from concerted.planning.trace import Reading

WAIVABLE = ("R6", "R9")
"""Mixed strategies cannot be waived: R1, R2, R5 and R8 never. A missing text is excluded, not waived."""
NEVER_WAIVED = ("price", "two-prices")
"""Findings of R6 that nobody can sign away."""


@dataclass(frozen=True)
class Gate:
    """What the gate saw: the manifest it would release, and the reasons against it."""

    groups: tuple[str, ...]
    strategy: str
    manifest: Mapping[str, Draft]
    context: Mapping[str, Draft]
    """Drafts outside the manifest that it reads, such as the messaging house."""
    refused: tuple[Reason, ...]


def groups_of(built: Built) -> tuple[str, ...]:
    """List the campaign's groups in order."""
    return tuple(dict.fromkeys(deliverable.group for deliverable in built.deliverables.values()))


def judge(state: State, kit: Kit, recipes: Mapping[str, Recipe], groups: tuple[str, ...] = (), waived: frozenset[str] = frozenset()) -> Gate:
    """Judge a release of the given groups (none = all) of main today. `recipes` are the stored recipes by hash, for R5."""
    built = build(state, NO_CHANGE, kit)
    chosen = groups or groups_of(built)
    main = built.site.main
    listed = {asset: d for asset, d in built.deliverables.items() if d.group in chosen and asset not in main.excluded}
    manifest = {asset: main.texts[asset] for asset in listed if asset in main.texts}
    context, outside = _context(main, manifest), _shown(built, listed)
    reasons: list[Reason] = []
    for asset in listed:
        slot = built.slots[asset]
        if asset not in manifest:
            what, why = "file" if is_filed(slot) else "text", slot.blocked or "not drafted yet"
            reasons.append(Reason(f"it has no {what}: {why}", slot.way_out if slot.blocked else "concerted run", asset, "R4"))
            continue
        reasons += _judge_asset(built.site, slot, recipes)
        reasons += _judge_words(built.site, slot, waived)
        reasons += [] if f"R9:{asset}" in waived else _judge_people(built.site, slot)
        reasons += _judge_shown(built, slot, (outside, recipes), waived)
    shown = {asset: main.texts[asset] for asset in outside if asset in main.texts}
    reasons += _judge_residues(state, built, {**shown, **manifest}, waived)
    for asset in context:
        slot = built.slots.get(asset)
        if slot is None:
            reasons.append(Reason("texts of this release read it, and it is no longer part of the campaign", "concerted run", asset, "R2"))
        else:
            reasons += [Reason(f"texts of this release read it: {r.why}", r.next, r.id, r.rule) for r in _judge_asset(built.site, slot, recipes)]
    return Gate(chosen, hash_tree(state.main.tree), manifest, context, tuple(dict.fromkeys(reasons)))


def _shown(built: Built, listed: Mapping[str, Deliverable]) -> tuple[str, ...]:
    """List the slots that assets of a release show and that are not part of it themselves; what is excluded is shown by nobody."""
    media = (asset for one in listed.values() for asset in one.media)
    return tuple(dict.fromkeys(asset for asset in media if asset in built.slots and asset not in listed and asset not in built.site.main.excluded))


def without(built: Built, left_out: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Say which assets go out without a file that they show, because it is left out: asset -> files."""
    gone = frozenset(left_out)
    shown = {asset: tuple(file for file in one.media if file in gone) for asset, one in built.deliverables.items() if asset not in gone}
    return {asset: files for asset, files in shown.items() if files}


def refers_to(built: Built, asset: str, files: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """List (field, sentence) of an asset's text that may refer to files it shows: the sentences that point at one of their kind."""
    wanted = frozenset(word for file in files for word in KIND_WORDS.get(built.deliverables[file].type, ()))
    slot = built.slots.get(asset)
    if slot is None or slot.before is None:
        return ()
    segment = built.site.kit.matching.segment
    return tuple((name, sentence.strip()) for name, text in slot.before.values.items() for sentence in segment(text) if points_at(sentence, wanted))


def points_at(sentence: str, kinds: frozenset[str]) -> bool:
    """Tell whether a sentence points at a thing: “the picture”, “this film”, “photo above”, and not “a photo of the fault”."""
    words = ["", *re.findall(r"[\w-]+", sentence.lower()), ""]
    anywhere = not POINTING_ANYWHERE.isdisjoint(words)
    for at, word in enumerate(words):
        before = words[at - 1] if word in kinds else ""
        if before in POINTING and not (word in OFTEN_ELSE and before in OPENS_CLAUSE):
            return True
        if word in kinds - OFTEN_ELSE and (anywhere or words[at + 1] in POINTING_BESIDE):
            return True
    return False


def _judge_shown(built: Built, slot: Slot, seen: tuple[tuple[str, ...], Mapping[str, Recipe]], waived: frozenset[str]) -> list[Reason]:
    """R4, R1, R6 and R9 for the files that an asset shows and that are not part of this release themselves."""
    outside, recipes = seen
    found: list[Reason] = []
    for asset in slot.deliverable.media:
        if asset not in outside:
            continue
        shown = built.slots[asset]
        if shown.before is None:
            found.append(Reason(f"it shows {asset}, which {shown.blocked or 'is empty'}", f"concerted slot {asset} FILE", slot.id, "R4"))
        said = [*_judge_asset(built.site, shown, recipes), *_judge_words(built.site, shown, waived)]
        if f"R9:{asset}" not in waived:
            said += _judge_people(built.site, shown)
        found += [Reason(f"{slot.id} shows it: {r.why}", r.next, r.id, r.rule) for r in said]
    return found


def _is_waived(asset: str, name: str, waived: frozenset[str]) -> bool:
    """Tell whether somebody signed for the words of a field, `R6:ASSET#field`, or for those of the whole asset."""
    return not waived.isdisjoint((f"R6:{asset}", f"R6:{asset}#{name}"))


def _context(main: Line, manifest: Mapping[str, Draft]) -> dict[str, Draft]:
    """Collect, transitively, the drafts outside the manifest that its texts read."""
    found: dict[str, Draft] = {}
    todo = list(manifest.values())
    while todo:
        for key in _keys(todo.pop()):
            asset = key[2:].partition("#")[0]
            if key.startswith("u:") and asset not in manifest and asset not in found and asset in main.texts:
                found[asset] = main.texts[asset]
                todo.append(found[asset])
    return found


def _keys(draft: Draft) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for text in draft.fields.values() for key, _seen in text.reads()))


def _judge_asset(site: Site, slot: Slot, recipes: Mapping[str, Recipe]) -> list[Reason]:
    """R1, R2, R5 and R8: one strategy, one set of upstream texts, the brief re-rendered, no wording older than its source."""
    draft, found = slot.before, list[Reason]()
    if draft is None:
        return found
    reading = _reading(site, slot)
    answer = f"{slot.left.next}, or concerted why {slot.id}" if slot.left else "concerted run"
    for key in _keys(draft):
        seen = {text_seen for text in draft.fields.values() for text_key, text_seen in text.reads() if text_key == key}
        if seen != {reading.hash_of(key)}:
            rule = "R2" if key.startswith("u:") else "R1"
            what = f"the text of {key[2:]}" if rule == "R2" else key.partition(":")[2]
            found.append(Reason(f"written from another version of {what}", answer, slot.id, rule))
        if "@" in key and _is_older(site, key[2:]):
            found.append(Reason(f"the wording {key[2:]} is older than the sentence it was made from", "concerted decide", slot.id, "R8"))
    for name, text in draft.fields.items():
        if not found and not _same_brief(site, slot, name, text, recipes):
            found.append(Reason(f"{name}: its brief reads differently today", "concerted run", slot.id, "R5"))
    return found


def _reading(site: Site, slot: Slot) -> Reading:
    """Read upstream texts as they stand on main, never as somebody would write them today."""
    main = {asset: draft.values for asset, draft in site.main.texts.items()}
    return replace(site.reading(slot.deliverable), upstream=main, memo={})


def _is_older(site: Site, ref: str) -> bool:
    """Tell whether a wording is older than its source. One whose source is itself older than its source is older, too."""
    source = wording_source(ref, site.facets, site.kit.law.base)
    if "@" not in ref or source not in site.facets or ref not in site.facets:
        return False
    known = site.main.of.get(f"{ref}#{hash_at(site.facets, ref)}", ())
    return hash_at(site.facets, source) not in known or _is_older(site, source)


def _same_brief(site: Site, slot: Slot, name: str, text: Text, recipes: Mapping[str, Recipe]) -> bool:
    """Re-render the brief with the record's own recipe and compare it with what was written from."""
    if not text.record.prompt_hash:
        return True
    recipe = recipes.get(text.record.recipe)
    if recipe is None:
        return False
    if name not in slot.type.field_names():
        return True
    reading = _reading(site, slot)
    if recipe.mode == "house":
        sources = parse_house(recipe.house).variants.get(name)
        return sources is not None and render_variants(sources, reading, site.kit.law).hash == text.record.prompt_hash
    group = slot.type.field(name).group
    return render_brief(recipe.prompt, reading, site.kit.law, group).hash == text.record.prompt_hash


def _judge_words(site: Site, slot: Slot, waived: frozenset[str]) -> list[Reason]:
    """R6: what the text says today, whatever anybody confirmed about it; R3: written by the configured recipe or waived."""
    draft = slot.before
    if draft is None:
        return []
    publish = max(slot.deliverable.publish or site.kit.today, site.kit.today)
    findings = site.kit.rules.check(slot.deliverable, draft.values, site.facets, publish)
    return [
        Reason(
            f"{finding.field + ': ' if finding.field else ''}{finding.message} {finding.remedy}".strip(), _mend(slot, finding.field), slot.id, "R6"
        )
        for finding in findings
        if finding.severity != "advice" and (finding.rule in NEVER_WAIVED or not _is_waived(slot.id, finding.field, waived))
    ]


def _mend(slot: Slot, name: str) -> str:
    """Name what puts a text right: answering what was left, writing it again where it is out of date, else a person's edit."""
    if slot.left:
        return slot.left.next
    if name in slot.stale:
        return "concerted run"
    return f"concerted edit {slot.id} --field {name} --text ..." if name else f"concerted show {slot.id}"


def _judge_people(site: Site, slot: Slot) -> list[Reason]:
    """R9: every approval that the protocol demands is there and valid."""
    draft = slot.before
    if draft is None:
        return []
    signed = signed_roles(site.main.approvals.get(slot.id, ()), draft.signed, site.facets)
    missing = [role for role in site.kit.roles.demanded(slot.deliverable, draft.values, site.facets) if role not in signed]
    found: list[Reason] = []
    for role in missing:
        who = " or ".join(site.kit.roles.people(role, slot.deliverable, site.facets)) or role
        found.append(Reason(f"not approved for {role} by {who}", f'concerted approve {slot.id} --by "{who.split(" or ")[0]}"', slot.id, "R9"))
    return found


def _judge_residues(state: State, built: Built, manifest: Mapping[str, Draft], waived: frozenset[str]) -> list[Reason]:
    """R6: no words of an earlier strategy, in whatever text they stand."""
    literals = " ".join(dict.fromkeys(slot.recipe.house for slot in built.slots.values()))
    return [
        Reason(
            f"{residue.field} still says “{residue.fragment}”, from what {residue.ref} used to be",
            f"concerted edit {residue.asset} --field {residue.field} --text ..., or concerted attest {residue.asset} if it is still true",
            residue.asset,
            "R6",
        )
        for residue in residues(state, built.facets, built.site.kit, manifest, literals)
        if not _is_waived(residue.asset, residue.field, waived)
    ]
