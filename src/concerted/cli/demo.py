"""The defining scene, played on a copy of a shipped example with the real verbs. Nothing here is staged: every number is what happened."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from concerted.cli.made_outside import hand_in_file, new_files, say_slots, sign_new_files
from concerted.cli.script import Script, example_folder, script
from concerted.cli.tally import Row, tally
from concerted.errors import Reason, Refused
from concerted.rules.segment import sentences

if TYPE_CHECKING:
    from concerted.campaign.line import State
    from concerted.campaign.proposed_edit import ProposedEdit
    from concerted.conductor.session import Session

Report: TypeAlias = dict[str, Any]
Texts: TypeAlias = dict[str, tuple[str, dict[str, str]]]
"""Asset -> (draft id, words)."""
LONGEST_PLAN = 12
"""Rows of a plan that are shown; of a longer one they stand in sheet.html."""


@dataclass
class Scene:
    """The stage: a folder, what its people do, where the narration goes, and what has happened so far."""

    folder: Path
    script: Script
    say: Callable[[str], None]
    standing: dict[str, Report] = field(default_factory=dict[str, Report])
    """How every asset stood before the mail, by id."""
    edits: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    """(asset, field) -> a person's words."""
    mail: Report = field(default_factory=dict[str, Any])
    plan: Report = field(default_factory=dict[str, Any])
    sheet: Report = field(default_factory=dict[str, Any])
    change: Report = field(default_factory=dict[str, Any])
    early: tuple[Reason, ...] = ()
    """Why nothing could be released while the Change was open."""
    before: Texts = field(default_factory=dict[str, tuple[str, dict[str, str]]])
    meanwhile: Texts = field(default_factory=dict[str, tuple[str, dict[str, str]]])
    """What stood on the campaign while the Change was open."""
    after: Texts = field(default_factory=dict[str, tuple[str, dict[str, str]]])
    asked: list[Report] = field(default_factory=list[Report])
    worded_anew: int = 0
    landed: bool = False
    left: tuple[str, ...] = ()
    """Assets that wait for words."""
    whole: tuple[Reason, ...] = ()
    """Why not everything could be released."""
    released: Report = field(default_factory=dict[str, Any])
    files: list[str] = field(default_factory=list[str])
    drift: Report = field(default_factory=dict[str, Any])

    def session(self, by: str, today: str = "") -> Session:
        """Open the campaign as one person, on the day of the mail if no other is named."""
        from concerted.bootstrap import open_session

        return open_session(self.folder, today=today or self.script.today, by=by)

    def head(self, title: str) -> None:
        """Start an act."""
        self.say("")
        self.say(click.style(title, bold=True))

    def lines(self, *lines: str) -> None:
        """Say indented lines."""
        for line in lines:
            self.say(f"  {line}" if line else "")


def play(example: str, directory: Path | None, as_json: bool) -> int:
    """Play a scene; leave the folder, the release's files and the record for the reader. Gives 1 where the sheet promised what did not happen."""
    folder = _fresh(directory)
    scene = perform(example, folder, lambda text: click.echo(text, err=as_json), lambda text, ends: click.echo(text, nl=ends, err=as_json))
    rows = tally(scene)
    _the_tally(scene, rows)
    scene.lines(
        "",
        "Look around:",
        f"concerted -C {folder} status",
        f"concerted -C {folder} why {scene.script.shown}",
        f"concerted -C {folder} history",
    )
    if as_json:
        click.echo(json.dumps(_figures(scene, rows), ensure_ascii=False, indent=2))
    return 0 if all(row.agrees for row in rows) else 1


def perform(example: str, folder: Path, say: Callable[[str], None], murmur: Callable[[str, bool], None] | None = None) -> Scene:
    """Play from the first plan to the release in a folder that is not there yet. `murmur` hears the drifting model, where the scene has one."""
    scene = Scene(folder, script(example), say)
    shutil.copytree(example_folder(scene.script.example), folder)
    name = example.replace("-", " ").title()
    scene.say(f"{click.style('Every asset, one strategy.', bold=True)} The campaign is a copy of the example {name}, in {folder}.")
    _first_week(scene)
    if scene.script.drift and murmur is not None:
        from concerted.cli.drift import catch_drift

        scene.head("   On a copy: a model writes a text message, and is stopped in mid-sentence")
        scene.drift = catch_drift(folder, scene.script.manager, scene.script.first_day, murmur)
    _half_edited(scene)
    _the_mail(scene)
    _the_answers(scene)
    _the_release(scene)
    return scene


def _fresh(directory: Path | None) -> Path:
    """Choose the folder: the one asked for, which must not hold anything yet, or the next free `concerted-demo`."""
    if directory is not None:
        if directory.exists() and any(directory.iterdir()):
            raise Refused(f"{directory} is not empty, and the demo overwrites nothing.", next="name another folder with --dir")
        if directory.exists():
            directory.rmdir()
        return directory
    names: Iterator[Path] = (Path(f"concerted-demo{'' if n == 1 else f'-{n}'}") for n in range(1, 1000))
    return next(path for path in names if not path.exists())


def _refusal(scene: Scene, what: str, groups: tuple[str, ...] = ()) -> tuple[Reason, ...]:
    """Try to release where that has to be refused, and give the reasons."""
    from concerted.conductor import releasing

    try:
        releasing.release(scene.session(scene.script.manager), groups)
    except Refused as refusal:
        scene.lines(f"{what}: refused, and nothing was written. For instance:")
        for reason in refusal.reasons[:2]:
            scene.lines(f"  · {reason.id}: {reason.why}", f"    next: {reason.next}")
        return tuple(refusal.reasons)
    raise AssertionError(f"{what} went through although it must not")


def _texts(state: State) -> Texts:
    return {asset: (draft.id, draft.values) for asset, draft in state.main.texts.items()}


def _first_week(scene: Scene) -> None:
    from concerted.conductor import changing, people, reading

    session = scene.session(scene.script.manager, scene.script.first_day)
    scene.head(f"1  {scene.script.when}: plan, then draft")
    planned = changing.plan_changes(session, None)
    cost = planned["cost"]
    scene.lines(
        f"concerted plan   {planned['totals']['definite']} assets, {cost['calls']} model calls, {cost['money']} to pay: the house writer needs no key"
    )
    result = changing.run(session)
    scene.lines(f"concerted run    {len(result['drafted'])} drafts, each sentence traced to the lines of the strategy that it was written from")
    shown = reading.show(session, scene.script.shown)
    scene.lines("", *(f"{name:<12} {shown['fields'][name]}" for name in ("h1", "subhead", "offer_line") if name in shown["fields"]))
    slots = say_slots(scene, planned)
    blocked = [row["id"] for row in result["blocked"] if row["id"] not in slots]
    if blocked:
        scene.lines("", f"Not written: {', '.join(blocked)} ({result['blocked'][0]['why']}). It is left out of this release.")
        people.exclude(session, tuple(blocked))


def _half_edited(scene: Scene) -> None:
    from concerted.conductor import changing, people, reading

    day = scene.script.first_day
    scene.head("2  People make it theirs: half of it edited, all of it approved")
    _reading_copies(scene)
    for filed in scene.script.files:
        hand_in_file(scene, filed, day)
    ids = tuple(scene.session(scene.script.manager, day).state().main.texts)
    for who in scene.script.signers:
        signed = people.approve(scene.session(who, day), ids)["done"]
        scene.lines(f"{who} approved {len(signed)} texts.")
    if scene.script.handed_over:
        with (scene.folder / "campaign.yaml").open("a", encoding="utf-8") as file:
            file.write(scene.script.handed_over)
        changing.run(scene.session(scene.script.manager))
        scene.lines("Then something leaves the house, and it is noted in campaign.yaml:", *scene.script.handed_over.strip().splitlines())
    scene.standing = {row["id"]: row for row in reading.status(scene.session(scene.script.manager))["assets"]}
    done = sum(bool(row["approved"]) and not row["unsigned"] for row in scene.standing.values())
    edited = len({asset for asset, _name in scene.edits})
    scene.lines(f"{done} of {len(scene.standing)} assets have every signature that they need; {edited} hold words of people.")


def _reading_copies(scene: Scene) -> None:
    """Have everything read and edited in the page of a reading copy, and take in what each reader saved there."""
    from concerted.conductor.returning import review_in
    from concerted.conductor.reviewing import Wanted, review_out

    day, drafts = scene.script.first_day, scene.session(scene.script.manager).state().main.texts
    copy = review_out(scene.session(scene.script.manager, day), Wanted(), scene.folder / "reading.html", None)
    scene.lines(f"concerted review out --html reading.html   {len(copy['assets'])} texts to read")
    theirs: dict[str, list[Report]] = {}
    for asset, name, words in scene.script.edits_of({asset: draft.values for asset, draft in drafts.items()}):
        scene.edits[asset, name] = words
        row = {"place": f"{asset}#{name}", "seen": drafts[asset].fields[name].hash, "text": words}
        theirs.setdefault(scene.script.writer_of(asset), []).append(row)
    for who, rows in theirs.items():
        saved = scene.folder / f"answers-{'-'.join(who.lower().split())}.json"
        saved.write_text(json.dumps({"concerted": "review", "copy": copy["copy"], "by": who, "fields": rows}, ensure_ascii=False), encoding="utf-8")
        taken = review_in(scene.session(who, day), saved, lambda _report: True)
        scene.lines(f"concerted review in {saved.name}   {who} edited {len(taken['edited'])} texts")


def _the_mail(scene: Scene) -> None:
    from concerted.conductor.proposing import change_as_accepted

    scene.head(f"3  48 hours before launch, {scene.script.sender_says}")
    scene.lines(*(f"│ {line}".rstrip() for line in scene.script.mail.strip().splitlines()), "")
    session = scene.session(scene.script.sender)
    scene.before = _texts(session.state())
    edits = _read_mail(scene, session)
    _write_sheet(scene, session, edits)

    def confirm(report: Report) -> bool:
        _show_plan(scene, report)
        return True

    scene.change = change_as_accepted(session, edits, confirm)
    scene.meanwhile = _texts(session.state())
    same = sum(scene.before[asset] == scene.meanwhile.get(asset) for asset in scene.before)
    made = f"{len(scene.change['proposed'])} proposals, {len(scene.change['drafted'])} redrafts"
    scene.lines("", f"{scene.change['change']} is drafted beside the campaign: {made}.")
    scene.lines(f"The campaign itself is untouched: {same} of {len(scene.before)} drafts have the same id.")
    scene.early = _refusal(scene, "concerted release")


def _read_mail(scene: Scene, session: Session) -> tuple[ProposedEdit, ...]:
    """Have the mail read as `change --file` reads it; the sender accepts what it says, and writes what it only says roughly."""
    from concerted.conductor.changing import lines_of
    from concerted.conductor.mailing import open_mail
    from concerted.conductor.proposing import entered, proposed_rows

    mail = scene.folder / "mail.txt"
    mail.write_text(scene.script.mail, encoding="utf-8")
    read = open_mail(session, mail)
    scene.lines("concerted change --file mail.txt", "")
    for edit in read.edits:
        flags = f"; {', '.join(edit.flags)}" if edit.flags else ""
        scene.lines(f"“{edit.quote}”", f"  {edit.certainty}: {edit.ref}{flags}", f"    was  {edit.old}", f"    now  {edit.new}")
    lines, worded = lines_of(session, session.state()), scene.script.worded
    edits = tuple(entered(edit, edit.ref, worded[edit.ref], lines) if edit.ref in worded else edit for edit in read.edits)
    own = [f"writes {edit.ref} anew: {edit.new}" for edit in edits if edit.ref in worded]
    scene.lines("", f"{scene.script.sender} {'; '.join(own) if own else 'accepts both'}.".replace("..", "."), "")
    scene.mail = {**read.rows(), "proposed_edits": proposed_rows(edits)}
    return edits


def _write_sheet(scene: Scene, session: Session, edits: tuple[ProposedEdit, ...]) -> None:
    """Write the change sheet before anything is decided."""
    from concerted.bootstrap import workers
    from concerted.conductor.change_sheet import change_sheet, sheet_docx, sheet_html
    from concerted.conductor.changing import plan_changes
    from concerted.conductor.proposing import accepted

    scene.plan = plan_changes(session, accepted(edits), ways=True)
    titles = {slug: made.title for slug, made in workers().every.items()}
    scene.sheet = sheet = change_sheet(session, {**scene.plan, **scene.mail}, titles)
    (scene.folder / "sheet.html").write_text(sheet_html(sheet), encoding="utf-8")
    (scene.folder / "sheet.docx").write_bytes(sheet_docx(sheet))
    scene.lines("concerted sheet --html sheet.html --docx sheet.docx   one page to sign:")
    for row in sheet["counts"]:
        scene.lines(f"  {row['count']:>3}  {row['says']}")
    scene.lines(f"  {sheet['decisions']} decisions", "")


def _show_plan(scene: Scene, report: Report) -> None:
    touched = [row for row in report["assets"] if row["action"] not in ("none", "block")]
    width = max((len(row["id"]) for row in touched[:LONGEST_PLAN]), default=0)
    for row in touched[:LONGEST_PLAN]:
        scene.lines(f"{row['action']:<8} {row['id']:<{width}}  {row['why'][0][0] if row['why'] else ''}".rstrip())
    more = [f"and {len(touched) - LONGEST_PLAN} more"] if len(touched) > LONGEST_PLAN else []
    scene.lines(*more, "", f"{len(touched)} of {len(report['assets'])} assets are affected; the others are not even opened.")


def _the_answers(scene: Scene) -> None:
    from concerted.conductor import deciding

    scene.head("4  What people are asked")
    rows: list[Report] = deciding.decide(scene.session(scene.script.manager), ())["decisions"]
    while rows := [row for row in rows if row["change"] != "main"]:
        row = rows[0]
        scene.asked.append(row)
        answers = _answers(scene, row)
        _show_question(scene, row, tuple(answers.values()))
        for filed in new_files(scene, row):
            hand_in_file(scene, filed)
        typed = tuple(f"{key}={answer}" for key, answer in answers.items())
        rows = deciding.decide(scene.session(row["who"]), typed)["decisions"]
    sign_new_files(scene)
    state = scene.session(scene.script.manager).state()
    scene.after = _texts(state)
    scene.landed = not state.changes
    scene.left = tuple(sorted(key for key in state.main.left if not key.startswith("wording:")))
    scene.lines("", f"{len(scene.asked)} decisions for {len(scene.after)} assets, and the Change has landed: one step, everywhere at once.")
    if scene.left:
        scene.lines(f"Waiting for German words: {', '.join(scene.left)}. It keeps its old text and cannot be released with it.")


def _answers(scene: Scene, row: Report) -> dict[str, str]:
    """Answer as the people of the scene do: proposals are taken; wordings one by one; files are handed in anew, or are still right."""
    if row["kind"] == "file":
        anew = {filed.asset for filed in new_files(scene, row)}
        return {f"{row['key']}/{item['asset']}": "keep" for item in row["items"] if item["asset"] not in anew}
    if row["kind"] != "wording":
        return {row["key"]: "take"}
    scene.worded_anew += sum(item["ref"] in scene.script.wordings for item in row["items"])
    return {f"{row['key']}/{item['ref']}": _wording_answer(item["ref"], scene.script) for item in row["items"]}


def _wording_answer(ref: str, made: Script) -> str:
    if ref in made.wordings:
        return f"text:{made.wordings[ref]}"
    return "leave" if "@de" in ref else "keep"


def _show_question(scene: Scene, row: Report, answers: tuple[str, ...]) -> None:
    scene.lines("", f"{row['who']}, about {row['ref']}: {row['question']}")
    wording = row["kind"] == "wording"
    for item in row["items"][:2]:
        scene.lines(f"  {item['asset'] or item['ref']} {item['field']}".rstrip())
        if row["kind"] == "file":
            scene.lines(f"    reads  {item['before']}", f"    {item['note']}")
            continue
        was, now = (item["before"], item["after"]) if wording else _moved(item["before"], item["after"])
        scene.lines(f"    {'reads' if wording else 'was'}  {was}", f"    {'from ' if wording else 'now'}  {now}")
    if len(row["items"]) > 2:
        scene.lines(f"  and {len(row['items']) - 2} more")
    said = {"text": "worded anew", "keep": "still true", "leave": "left to wait", "take": "taken"}
    kinds = [answer.partition(":")[0] for answer in answers]
    counted = [f"{kinds.count(kind)} {said[kind]}" if wording else said[kind] for kind in dict.fromkeys(kinds)]
    if row["kind"] == "file":
        counted = [f"{len(row['items']) - len(answers)} new file", *counted] if len(answers) < len(row["items"]) else counted
    scene.lines(f"  answer: {', '.join(counted)}")


def _moved(before: str, after: str) -> tuple[str, str]:
    """Cut two versions down to the sentences that differ."""
    old, new = sentences(before), sentences(after)
    return _one_line([part for part in old if part not in new] or old), _one_line([part for part in new if part not in old] or new)


def _one_line(parts: Iterable[str]) -> str:
    flat = " ".join(" ".join(parts).split())
    return flat if len(flat) <= 150 else f"{flat[:150].rsplit(' ', 1)[0]} …"


def _the_release(scene: Scene) -> None:
    from concerted.conductor import releasing

    scene.head("5  Release and export")
    if scene.left:
        scene.whole = _refusal(scene, "concerted release")
    session = scene.session(scene.script.manager)
    groups = scene.script.groups if scene.left else ()
    scene.released = releasing.release(session, groups)
    out = scene.folder / "release"
    exported = releasing.export(session, (), out, every=True)
    checked = releasing.verify(out, session)
    scene.files = [row["path"] for row in exported["files"]]
    named = " ".join(["concerted release", *(f"--group {group}" for group in groups)])
    verified = "untouched and current" if checked["ok"] and checked["current"] else "not current"
    scene.lines(f"{named}   {scene.released['release']}: {len(scene.released['assets'])} assets, one strategy")
    scene.lines(f"concerted export   {len(scene.files)} files in {out}; verify: {verified}")


def _the_tally(scene: Scene, rows: list[Row]) -> None:
    scene.head("6  What the sheet said, and what happened")
    width = max(len(row.says) for row in rows)
    scene.lines(f"{'':<{width}}  {'the sheet':>9}  {'happened':>8}")
    for row in rows:
        scene.lines(f"{row.says:<{width}}  {row.foreseen:>9}  {row.happened:>8}{'' if row.agrees else '   differs'}")
    differ = sum(not row.agrees for row in rows)
    scene.lines("", f"{differ} of {len(rows)} differ." if differ else f"All {len(rows)} agree.")


def _figures(scene: Scene, rows: list[Row]) -> Report:
    return {
        "drift": scene.drift,
        "assets": len(scene.before),
        "edited": len({asset for asset, _name in scene.edits}),
        "proposed_edits": [row["ref"] for row in scene.mail["proposed_edits"]],
        "sheet": scene.sheet["figures"],
        **{name: scene.change[name] for name in ("drafted", "kept", "proposed", "untouched")},
        "refused_first": len(scene.early),
        "decisions": len(scene.asked),
        "held": list(scene.left),
        "landed": scene.landed,
        "release": scene.released["release"],
        "released": len(scene.released["assets"]),
        "files": scene.files,
        "tally": [row.spelled() for row in rows],
    }
