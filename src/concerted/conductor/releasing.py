"""Release, export, verify. Nothing publishable leaves that is not in a release; on refusal nothing is written anywhere."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from shlex import quote

from concerted.campaign.bundle import Bundle, BundleAsset, BundleField, BundleLink
from concerted.campaign.deliverable import Deliverable
from concerted.campaign.draft import Draft
from concerted.campaign.line import Released, State
from concerted.campaign.outside import HandedFile
from concerted.conductor.assembly import may_release
from concerted.conductor.dismissing import pieces_of
from concerted.conductor.report import Report
from concerted.conductor.session import Session
from concerted.conductor.slots import file_reasons
from concerted.conductor.soundness import unfit_for_release
from concerted.conductor.stand import Stand, stand_of_release
from concerted.conductor.viewing import links, views_of
from concerted.errors import NotFound, Reason, Refused, UserError
from concerted.exporters.exporter import ExportedFile, Exporter, load_exporters
from concerted.exporters.naming import paths, safe
from concerted.folder.handed import copy_to, picture_of, state_of
from concerted.folder.working_copy import lay
from concerted.guard.judge import review
from concerted.planning import lifecycle
from concerted.planning.build import Built
from concerted.planning.moments import runs_at, spoken
from concerted.planning.plan import action, wording_readers
from concerted.planning.release import WAIVABLE, Gate, groups_of, judge, without
from concerted.planning.tagging import plain

MANIFEST = "manifest.json"
ORIGINAL = "original"
"""The format under which files that were handed in are listed."""


def release(session: Session, groups: tuple[str, ...], waive: tuple[str, ...] = (), because: str = "", *, despite_change: bool = False) -> Report:
    """Pass the gate for these groups (none = all), all or nothing. Raises Refused with every reason and its next command."""
    state = session.state()
    by = session.person()
    built = session.build(state)
    known = groups_of(built)
    unknown = [group for group in groups if group not in known]
    if unknown:
        raise NotFound(f"There is no group {', '.join(unknown)}.", next=f"groups: {', '.join(known)}")
    _check_who(built, by)
    _check_waivers(waive, because)
    gate = judge(state, session.kit(state.main.tree), session.keeper.recipes(), groups, frozenset(waive))
    waiting = _waiting(session, state, gate)
    reasons = [replace(r, next=waiting[r.id][1]) if r.id in waiting and r.next == "concerted run" else r for r in gate.refused]
    if not despite_change:
        reasons += _open_changes(state, waiting)
    reasons += _open_facts(session, state, gate)
    reasons += file_reasons(session, built, gate.manifest)
    reasons += _unsupported(session, state, gate, (frozenset(waive), frozenset((r.id, r.why) for r in reasons)))
    if not gate.manifest:
        reasons.append(Reason("no text is in these groups", "concerted run"))
    if reasons:
        raise Refused("Not released; nothing was written.", reasons=reasons)
    number = len(state.releases) + 1
    waived = tuple(f"{name} ({because}; {by})" for name in waive)
    released = Released(
        f"R{number}", gate.strategy, session.now(), by, gate.groups, {asset: draft.id for asset, draft in gate.manifest.items()}, waived
    )
    # Leaving out is for one release: the next one asks again.
    over = [asset for asset in state.main.excluded if asset not in built.deliverables or built.deliverables[asset].group in gate.groups]
    session.append(state, lifecycle.release_event(released, state.head, over))
    return {
        "release": released.id,
        "strategy": gate.strategy[:12],
        "groups": list(gate.groups),
        "excluded": sorted(state.main.excluded),
        "without": [{"id": asset, "files": list(files)} for asset, files in without(built, state.main.excluded).items() if asset in gate.manifest],
        "waived": list(waived),
        "assets": [{"id": asset, "draft": draft.id, "sha256": words_sha256(draft)} for asset, draft in gate.manifest.items()],
        "refused": [],
    }


def _unsupported(session: Session, state: State, gate: Gate, known: tuple[frozenset[str], frozenset[tuple[str, str]]]) -> list[Reason]:
    """R6 for what the judge says stops a release beside the rules: a claim without proof, two texts that contradict each other.

    `known` holds what somebody signed for, and what the gate has said already.
    """
    waived, said = known
    pieces = tuple(piece for piece in pieces_of(session, state) if piece.id in gate.manifest)
    found: list[Reason] = []
    for finding in review(pieces, session.facets(state), date.fromisoformat(session.today)).findings:
        place = f"R6:{finding.asset}"
        why = f"{finding.field + ': ' if finding.field else ''}{finding.message} {finding.remedy}".strip()
        if finding.severity != "release" or not finding.asset or (finding.asset, why) in said or waived & {place, f"{place}#{finding.field}"}:
            continue
        mend = f"concerted edit {finding.asset} --field {finding.field} --text ..." if finding.field else f"concerted show {finding.asset}"
        found.append(Reason(why, mend, finding.asset, "R6"))
    return found


def _open_facts(session: Session, state: State, gate: Gate) -> list[Reason]:
    """Name every fact that is missing or may not be used, as check does: what stops the release there stops it here."""
    markets = {group.partition(".")[0] for group in gate.groups}
    return [Reason(finding.message, finding.remedy, rule="check") for finding in unfit_for_release(session, state.main.tree, markets)]


def _check_who(built: Built, by: str) -> None:
    """Refuse who may not release, where the campaign says who may."""
    named = may_release(built.facets)
    if named and by not in named:
        reason = Reason(f"{by} may not release this campaign; {' or '.join(named)} may", f'concerted release --by "{named[0]}"')
        raise Refused("Not released; nothing was written.", reasons=[reason])


def _check_waivers(waive: tuple[str, ...], because: str) -> None:
    for name in waive:
        rule, colon, _place = name.partition(":")
        if not colon or rule not in WAIVABLE:
            raise Refused(f"{name} cannot be waived.", next=f"only {', '.join(WAIVABLE)} can be, as RULE:ASSET-ID")
    if waive and not because.strip():
        raise UserError("A waiver needs a reason that you sign.", next='add --because "why this is right"')


def _waiting(session: Session, state: State, gate: Gate) -> dict[str, tuple[str, str]]:
    """Map each text of the manifest that an open Change replaces to that Change, and to the command that moves the Change on."""
    found: dict[str, tuple[str, str]] = {}
    for change in state.changes.values():
        if not change.rehearsal:
            built = session.build(state, change)
            next_step = "concerted decide" if built.items else f"concerted land {change.id}" if change.hold else "concerted run"
            found |= dict.fromkeys(_touched(built, gate), (change.id, next_step))
    return found


def _open_changes(state: State, waiting: Mapping[str, tuple[str, str]]) -> list[Reason]:
    """Name the open Changes over these assets: they are asked about first."""
    return [
        Reason(
            f"{change} ({state.changes[change].title}) is open and changes {sum(of == change for of, _next in waiting.values())} of these texts",
            f"{next_step}, or concerted release --despite-change",
            change,
            "R4",
        )
        for change, next_step in dict.fromkeys(waiting.values())
    ]


def _touched(built: Built, gate: Gate) -> list[str]:
    asked = wording_readers(built)
    return [asset for asset, slot in built.slots.items() if asset in gate.manifest and (action(slot) not in ("none", "recheck") or asset in asked)]


def words_sha256(draft: Draft) -> str:
    """Hash a draft's words as they are handed over."""
    data = json.dumps({name: text for name, text in draft.values.items() if text}, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(data.encode()).hexdigest()


def bundle_of(session: Session, state: State, name: str = "") -> Bundle:
    """Collect a release (the newest by default) for exporters. Raises NotFound where nothing was released."""
    if not state.releases:
        raise NotFound("Nothing has been released yet.", next="concerted release")
    released = state.releases.get(name) if name else list(state.releases.values())[-1]
    if released is None:
        raise NotFound(f"There is no release {name}.", next=f"releases: {', '.join(state.releases)}")
    version = next((v for v in reversed(state.versions) if v.hash == released.strategy), state.versions[-1])
    facets = session.kit(version.tree).facets(version.tree, state.main.catalog)
    deliverables = session.kit(version.tree).expand(facets)
    drafts = {asset: next(d for d in state.drafts[asset] if d.id == draft_id) for asset, draft_id in released.assets.items()}
    stand = stand_of_release(session, state, facets, deliverables, drafts)
    assets = [_bundled(session, stand, asset) for asset in released.assets]
    return Bundle(
        str(facets.get("campaign.name", "")),
        str(facets.get("campaign.company", "")),
        released.id,
        released.strategy,
        version.number,
        released.at,
        released.by,
        released.groups,
        released.waived,
        tuple(assets),
        stand.channels,
        views_of(stand),
        plain(str(facets.get("campaign.name", ""))),
        _withdrawn(state, released, deliverables),
    )


def _withdrawn(state: State, released: Released, deliverables: Mapping[str, Deliverable]) -> tuple[str, ...]:
    """List what earlier releases put out in the groups of this one and this one does not hold."""
    markets = {group.partition(".")[0] for group in released.groups}
    earlier = [before for before in state.releases.values() if before.at <= released.at and before.id != released.id]
    once = dict.fromkeys(asset for before in earlier for asset in before.assets if asset not in released.assets)
    return tuple(
        asset for asset in once if (deliverables[asset].group in released.groups if asset in deliverables else asset.split(".")[3] in markets)
    )


def _bundled(session: Session, stand: Stand, asset: str) -> BundleAsset:
    deliverable, draft = stand.deliverables[asset], stand.drafts[asset]
    kind = session.assembly.registry.type(deliverable.type)
    fields = tuple(
        BundleField(spec.name, text.value, text.record.author or text.origin, spec.slot)
        for spec in kind.fields
        if (text := draft.fields.get(spec.name)) and text.value
    )
    led = tuple(BundleLink(link.written, link.leads) for link in links(stand, asset))
    return BundleAsset(
        asset, kind.title, deliverable.channel, deliverable.audience, deliverable.market, deliverable.locale, deliverable.publish, draft.id,
        words_sha256(draft), fields, spoken(runs_at(stand.facets, deliverable)), deliverable.due, deliverable.why, led, draft.file,
        picture_of(draft.file, session.folder) if draft.file else b"", tuple(slot for slot in deliverable.media if slot in stand.drafts),
    )  # fmt: skip


def export(session: Session, formats: tuple[str, ...], out: Path, *, name: str = "", every: bool = False, originals: bool = True) -> Report:
    """Write files of a release, with the files that were handed in for it.

    An existing file that differs is replaced whole. Raises NotFound for unknown formats, Refused where a file that was handed in is another by now.
    """
    exporters = load_exporters()
    unknown = [slug for slug in formats if slug not in exporters]
    if unknown:
        raise NotFound(f"There is no format {', '.join(unknown)}.", next=f"formats: {', '.join(exporters)}")
    chosen = tuple(exporters) if every or not formats else formats
    bundle = bundle_of(session, session.state(), name)
    files: dict[str, tuple[str, bytes, tuple[str, ...]]] = {}
    for slug in chosen:
        for file in _written(slug, exporters[slug], bundle):
            if file.path in files:
                raise UserError(
                    f"The formats {files[file.path][0]} and {slug} both write {file.path}. Nothing was written.", next="export them apart"
                )
            files[file.path] = (slug, file.content, file.assets)
    handed = _originals(bundle) if originals else {}
    typed = "--all" if every or not formats else " ".join(formats)
    _copy_originals(session, handed, out, f"concerted export {typed} --release {bundle.release} --out {quote(str(out))} --no-originals")
    manifest = _manifest(bundle, files, handed)
    files[MANIFEST] = ("manifest", manifest, tuple(asset.id for asset in bundle.assets))
    lay(out, {path: content for path, (_slug, content, _assets) in files.items()})
    return {
        "release": bundle.release,
        "out": str(out),
        "files": [
            {"path": str(out / path), "format": slug, "sha256": hashlib.sha256(content).hexdigest(), "assets": list(assets)}
            for path, (slug, content, assets) in files.items()
        ]
        + [
            {"path": str(out / path), "format": ORIGINAL, "sha256": file.sha256, "size": file.size, "assets": list(assets)}
            for path, (file, assets) in handed.items()
        ],
    }


def _originals(bundle: Bundle) -> dict[str, tuple[HandedFile, tuple[str, ...]]]:
    """Choose where each file that was handed in goes: under `files/`, in the folders of its market and channel; the same file of two slots twice."""
    found: dict[str, tuple[HandedFile, tuple[str, ...]]] = {}
    for asset in bundle.assets:
        if asset.file:
            ending = safe(asset.file.name.rpartition(".")[2]) if "." in asset.file.name else "bin"
            found[paths([asset], ending, "files/")[asset.id]] = (asset.file, (asset.id,))
    return found


def _copy_originals(session: Session, handed: Mapping[str, tuple[HandedFile, tuple[str, ...]]], out: Path, way: str) -> None:
    """Copy them; where one is not what was released, nothing of the bundle is written. Raises Refused with the `way` out."""
    gone = [(file, assets) for file, assets in handed.values() if state_of(file, session.folder) != "untouched"]
    reasons = [Reason(f"{file.name} is {state_of(file, session.folder)} since it was released", way, assets[0]) for file, assets in gone]
    if reasons:
        raise Refused("Not exported; nothing was written.", reasons=reasons)
    for path, (file, assets) in handed.items():
        if not copy_to(file, session.folder, out / path):
            raise Refused(f"{file.name} changed while it was copied.", reasons=[Reason("it is another file now", way, assets[0])])


def _written(slug: str, exporter: Exporter, bundle: Bundle) -> tuple[ExportedFile, ...]:
    """Have one format written in memory. Raises UserError where it cannot: nothing is half-written, and the others are not to blame."""
    try:
        return tuple(exporter.export(bundle))
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, ImportError) as broken:
        said = f"The format {slug} could not be made: {type(broken).__name__}: {broken}. Nothing was written."
        raise UserError(said, next="export the others by name; concerted catalog lists them") from broken


def _manifest(
    bundle: Bundle, files: Mapping[str, tuple[str, bytes, tuple[str, ...]]], handed: Mapping[str, tuple[HandedFile, tuple[str, ...]]]
) -> bytes:
    data = {
        "campaign": bundle.campaign,
        "release": bundle.release,
        "strategy": bundle.strategy,
        "version": bundle.version,
        "at": bundle.at,
        "by": bundle.by,
        "groups": list(bundle.groups),
        "waived": list(bundle.waived),
        "assets": [
            {"id": asset.id, "draft": asset.draft, "sha256": asset.sha256, **({"file": _listed(asset.file)} if asset.file else {})}
            for asset in bundle.assets
        ],
        "files": [
            {"path": path, "sha256": hashlib.sha256(content).hexdigest(), "assets": list(assets)} for path, (_slug, content, assets) in files.items()
        ]
        + [{"path": path, "sha256": file.sha256, "assets": list(assets)} for path, (file, assets) in handed.items()],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _listed(file: HandedFile) -> Report:
    return {"name": file.name, "sha256": file.sha256, "size": file.size, "rights": file.rights, "expires": file.expires}


def verify(bundle: Path, session: Session | None) -> Report:
    """Tell whether exported files are untouched and still what the campaign says. `session` is None away from the campaign's folder."""
    root = bundle.parent if bundle.name == MANIFEST else bundle
    try:
        data = json.loads((root / MANIFEST).read_text(encoding="utf-8"))
        listed = [(str(row["path"]), str(row["sha256"])) for row in data["files"]]
        release_assets = {str(row["id"]): str(row["draft"]) for row in data["assets"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotFound(f"There is no readable {MANIFEST} in {root}.", next="concerted export --all") from error
    files = [{"path": path, "state": _file_state(root / path, sha)} for path, sha in listed]
    known = {path for path, _sha in listed} | {MANIFEST}
    files += [
        {"path": p.relative_to(root).as_posix(), "state": "added"}
        for p in sorted(root.rglob("*"))
        if p.is_file() and p.relative_to(root).as_posix() not in known
    ]
    files += _handed_in(session, release_assets) if session else []
    current = _is_current(session, str(data["strategy"]), release_assets) if session else None
    return {"ok": all(row["state"] == "untouched" for row in files), "current": current, "release": data["release"], "files": files}


def _handed_in(session: Session, assets: Mapping[str, str]) -> list[Report]:
    """Look at the files that were handed in for the assets of a release: only the campaign's folder knows where they lie."""
    stored = session.load().drafts
    drafts = [draft for asset, one in assets.items() for draft in stored.get(asset, ()) if draft.id == one]
    return [{"path": draft.file.path, "state": state_of(draft.file, session.folder)} for draft in drafts if draft.file]


def _file_state(path: Path, sha: str) -> str:
    if not path.is_file():
        return "missing"
    with path.open("rb") as stream:
        return "untouched" if hashlib.file_digest(stream, "sha256").hexdigest() == sha else "altered"


def _is_current(session: Session, strategy: str, assets: Mapping[str, str]) -> bool | None:
    state = session.load()
    if not state.versions:
        return None
    return state.versions[-1].hash == strategy and all(
        asset in state.main.texts and state.main.texts[asset].id == draft for asset, draft in assets.items()
    )
