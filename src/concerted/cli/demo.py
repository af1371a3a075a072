"""The defining scene, played on a copy of the shipped example with the real verbs. Nothing here is staged: every number is what happened."""

import json
import shutil
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import click

from concerted.errors import NotFound, Refused
from concerted.rules.segment import sentences

EXAMPLE = "small-hours"
TODAY = "2027-03-21"
"""The scene plays 48 hours before launch."""
FIRST_DAY = "2027-03-01"
MANAGER, LEGAL, CEO, WRITER = "Priya Raman", "Dana Marsh", "Jo Adeyemi", "Noor Haddad"

PROMISE = "Hand in your delivery bike tonight and it is earning again tomorrow morning."
PRICE = "$25"
MAIL = f"Small thing before Tuesday: can we say the bike is *earning* again, not just ridden? And let's open at {PRICE}. Jo"

EDITS = (
    ("landing-page.web.shops.us.-", "offer_line", "Bring the first bike for $29, brakes to wiring included. The offer ends on May 31, 2027."),
    (
        "landing-page.web.riders.us.-",
        "faq_1_a",
        "A mechanic with a name. It stands in the text message with the price, next to a photo of your bike as it arrived.",
    ),
    ("launch-email.email.shops.us.announce", "subject", "Small Hours now repairs single bikes, overnight"),
    ("launch-email.email.shops.us.reminder", "offer_line", "One bike, one night, $29. After May 31, 2027 it is $49."),
    ("launch-email.email.riders.us.announce", "subject", "Rear brake rubbing? Your shift goes ahead"),
    ("linkedin-post.linkedin.shops.us.-", "hook", "Friday at eleven. A bike is down, and the weekend orders are in."),
    (
        "press-release.press.-.us.-",
        "quote",
        "Jo Adeyemi, founder of Small Hours, says: “A delivery bike sleeps longer than its owner. Those are the hours we work in.”",
    ),
    (
        "internal-brief.internal.-.-.-",
        "say_this",
        "Hand in your delivery bike tonight and ride it tomorrow morning.\n\nIf a customer asks about the depot service: nothing changes there.",
    ),
)
"""Half of the assets, edited by a copywriter: (asset, field, her words)."""

WORDINGS = {
    "positioning.promise@en.h30": "In tonight, earning by morning",
    "positioning.promise@en.h60": "Hand the bike in tonight. It earns again tomorrow.",
    "positioning.promise@en.h90": "Hand in your delivery bike by nine tonight and it earns again from six tomorrow.",
}
"""What she answers where a shorter form of the promise is asked about; every other English form is still true, German waits for Hamburg."""


@dataclass
class Scene:
    """The stage: a folder, and where the narration goes."""

    folder: Path
    say: Callable[[str], None]
    figures: dict[str, Any] = field(default_factory=dict[str, Any])

    def session(self, by: str, today: str = TODAY) -> Any:
        """Open the campaign as one person."""
        from concerted.bootstrap import open_session

        return open_session(self.folder, today=today, by=by)

    def head(self, title: str) -> None:
        """Start an act."""
        self.say("")
        self.say(click.style(title, bold=True))

    def lines(self, *lines: str) -> None:
        """Say indented lines."""
        for line in lines:
            self.say(f"  {line}")


def play(directory: Path | None, as_json: bool) -> None:
    """Play the scene; leave the folder, the release's files and the record for the reader."""
    folder = _fresh(directory)
    scene = Scene(folder, lambda text: click.echo(text, err=as_json))
    shutil.copytree(example(), folder)
    scene.say(f"{click.style('Every asset, one strategy.', bold=True)} The campaign is a copy of the example Small Hours, in {folder}.")
    _first_week(scene)
    _a_drifting_model(scene, as_json)
    _half_edited(scene)
    _the_mail(scene)
    _the_answers(scene)
    _the_release(scene)
    if as_json:
        click.echo(json.dumps(scene.figures, ensure_ascii=False, indent=2))


def example() -> Path:
    """Find the shipped example: inside the installed package, or beside the sources."""
    packed = Path(str(files("concerted"))) / "examples" / EXAMPLE
    found = packed if packed.is_dir() else Path(__file__).resolve().parents[3] / "examples" / EXAMPLE
    if not found.is_dir():
        raise NotFound("The example is not part of this installation.", next="concerted init my-campaign --playbook product-launch")
    return found


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


@contextmanager
def _expected_refusal(scene: Scene, what: str) -> Generator[None]:
    try:
        yield
    except Refused as refusal:
        scene.figures["refused_first"] = len(refusal.reasons)
        scene.lines(f"{what}: refused, and nothing was written. For instance:")
        for reason in refusal.reasons[:2]:
            scene.lines(f"  · {reason.id}: {reason.why}")
            scene.lines(f"    next: {reason.next}")
        return
    raise AssertionError(f"{what} went through although a Change is open")


def _first_week(scene: Scene) -> None:
    from concerted.conductor import changing, reading

    session = scene.session(MANAGER, FIRST_DAY)
    scene.head("1  Three weeks before launch: plan, then draft")
    planned = changing.plan_changes(session, None)
    cost = planned["cost"]
    scene.lines(
        f"concerted plan   {planned['totals']['definite']} assets, {cost['calls']} model calls, {cost['money']} to pay: the house writer needs no key"
    )
    result = changing.run(session)
    scene.lines(f"concerted run    {len(result['drafted'])} drafts, each sentence traced to the lines of the strategy that it was written from")
    shown = reading.show(session, "landing-page.web.shops.us.-")
    scene.lines("", *(f"{name:<12} {shown['fields'][name]}" for name in ("h1", "subhead", "offer_line") if name in shown["fields"]))
    blocked = [row["id"] for row in result["blocked"]]
    if blocked:
        scene.lines("", f"Not written: {', '.join(blocked)} ({result['blocked'][0]['why']}). It is left out of this release.")
        from concerted.conductor import people

        people.exclude(session, tuple(blocked))


def _a_drifting_model(scene: Scene, as_json: bool) -> None:
    from concerted.cli.drift import catch_drift

    scene.head("   On a copy: a model writes a text message, and is stopped in mid-sentence")
    scene.figures["drift"] = catch_drift(scene.folder, MANAGER, FIRST_DAY, lambda text, ends: click.echo(text, nl=ends, err=as_json))


def _half_edited(scene: Scene) -> None:
    from concerted.conductor import people

    scene.head("2  People make it theirs: half of it edited, all of it approved")
    writer = scene.session(WRITER, FIRST_DAY)
    for asset, name, words in EDITS:
        people.edit(writer, asset, name, words, lambda _report: True)
    session = scene.session(MANAGER, FIRST_DAY)
    ids = tuple(session.state().main.texts)
    signed = people.approve(session, ids)["done"]
    legal = people.approve(scene.session(LEGAL, FIRST_DAY), ids)["done"]
    scene.figures["assets"], scene.figures["edited"] = len(ids), len(EDITS)
    scene.lines(f"{WRITER} edited {len(EDITS)} of {len(ids)} assets. {MANAGER} approved {len(signed)} of them,")
    scene.lines(f"{LEGAL} the {len(legal)} that state a claim or a price.")


def _the_mail(scene: Scene) -> None:
    from concerted.conductor import releasing
    from concerted.conductor.proposing import change_as_accepted

    scene.head("3  48 hours before launch, a mail from the CEO")
    scene.lines(f"“{MAIL}”", "")
    session = scene.session(CEO)
    before = {asset: draft.id for asset, draft in session.state().main.texts.items()}
    edits = _read_mail(scene, session)
    _write_sheet(scene, session, edits)

    def confirm(report: dict[str, Any]) -> bool:
        _show_plan(scene, report)
        return True

    result = change_as_accepted(session, edits, confirm)
    scene.lines("", f"{result['change']} is drafted beside the campaign: {len(result['proposed'])} proposals, {len(result['drafted'])} redrafts.")
    now = {asset: draft.id for asset, draft in session.state().main.texts.items()}
    same = sum(before[asset] == now[asset] for asset in before)
    scene.lines(f"The campaign itself is untouched: {same} of {len(before)} drafts have the same id.")
    scene.figures |= {"drafted": result["drafted"], "kept": result["kept"], "proposed": result["proposed"], "untouched": result["untouched"]}
    with _expected_refusal(scene, "concerted release"):
        releasing.release(session, ())


def _read_mail(scene: Scene, session: Any) -> Any:
    """Have the mail read as `change --file` reads it; she accepts the price and words the promise herself."""
    from concerted.conductor.changing import lines_of
    from concerted.conductor.mailing import open_mail
    from concerted.conductor.proposing import entered

    mail = scene.folder / "mail.txt"
    mail.write_text(MAIL + "\n", encoding="utf-8")
    read = open_mail(session, mail)
    scene.lines("concerted change --file mail.txt", "")
    for edit in read.edits:
        flags = f"; {', '.join(edit.flags)}" if edit.flags else ""
        scene.lines(f"“{edit.quote}”", f"  {edit.certainty}: {edit.ref}{flags}", f"    was  {edit.old}", f"    now  {edit.new}")
    lines = lines_of(session, session.state())
    edits = tuple(entered(edit, edit.ref, PROMISE, lines) if "needs wording" in edit.flags else edit for edit in read.edits)
    scene.lines("", f"{CEO} accepts the price and writes the promise: {PROMISE}", "")
    scene.figures["proposed_edits"] = [edit.ref for edit in edits]
    return edits


def _write_sheet(scene: Scene, session: Any, edits: Any) -> None:
    """Write the change sheet before anything is decided."""
    from concerted.bootstrap import workers
    from concerted.conductor.change_sheet import change_sheet, sheet_docx, sheet_html
    from concerted.conductor.changing import plan_changes
    from concerted.conductor.proposing import accepted, proposed_rows

    plan = plan_changes(session, accepted(edits), ways=True)
    sheet = change_sheet(session, {**plan, "proposed_edits": proposed_rows(edits)}, {slug: made.title for slug, made in workers().every.items()})
    (scene.folder / "sheet.html").write_text(sheet_html(sheet), encoding="utf-8")
    (scene.folder / "sheet.docx").write_bytes(sheet_docx(sheet))
    scene.figures["sheet"] = sheet["figures"]
    scene.lines("concerted sheet --html sheet.html --docx sheet.docx   one page to sign:")
    for row in sheet["counts"]:
        scene.lines(f"  {row['count']:>3}  {row['says']}")
    scene.lines("")


def _show_plan(scene: Scene, report: dict[str, Any]) -> None:
    touched = [row for row in report["assets"] if row["action"] not in ("none", "block")]
    for row in touched:
        scene.lines(f"{row['action']:<8} {row['id']:<40} {' → '.join(row['why'][0]) if row['why'] else ''}")
    scene.lines("", f"{len(touched)} of {len(report['assets'])} assets are affected; the others are not even opened.")


def _the_answers(scene: Scene) -> None:
    from concerted.conductor import deciding

    scene.head("4  What people are asked")
    asked = 0
    while True:
        open_now = [row for row in deciding.decide(scene.session(MANAGER), ())["decisions"] if row["change"] != "main"]
        if not open_now:
            break
        row = open_now[0]
        asked += 1
        _show_question(scene, row)
        answers = _answers(row)
        deciding.decide(scene.session(row["who"]), tuple(f"{key}={answer}" for key, answer in answers.items()))
    state = scene.session(MANAGER).state()
    held = sorted(key for key in state.main.left if not key.startswith("wording:"))
    scene.figures |= {"decisions": asked, "held": held, "landed": not state.changes}
    scene.lines("", f"{asked} decisions for {scene.figures['assets']} assets, and the Change has landed: one step, everywhere at once.")
    if held:
        scene.lines(f"Waiting for German words: {', '.join(held)}. It keeps its old text and cannot be released with it.")


def _answers(row: dict[str, Any]) -> dict[str, str]:
    """Answer as the people of the scene do: proposals are taken; wordings one by one."""
    if row["kind"] != "wording":
        return {row["key"]: "take"}
    return {f"{row['key']}/{item['ref']}": _wording_answer(item["ref"]) for item in row["items"]}


def _wording_answer(ref: str) -> str:
    if ref in WORDINGS:
        return f"text:{WORDINGS[ref]}"
    return "leave" if "@de" in ref else "keep"


def _show_question(scene: Scene, row: dict[str, Any]) -> None:
    scene.lines("", f"{row['who']}, about {row['ref']}: {row['question']}")
    for item in row["items"][:2]:
        scene.lines(f"  {item['asset'] or item['ref']} {item['field']}")
        was, now = _moved(item["before"], item["after"])
        scene.lines(f"    was  {was}", f"    now  {now}")
    if len(row["items"]) > 2:
        scene.lines(f"  and {len(row['items']) - 2} more")


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
    session = scene.session(MANAGER)
    groups = ("-.launch", "us.launch") if scene.figures["held"] else ()
    released = releasing.release(session, groups)
    out = scene.folder / "release"
    exported = releasing.export(session, (), out, every=True)
    checked = releasing.verify(out, session)
    named = " ".join(f"--group {group}" for group in groups)
    verified = "untouched and current" if checked["ok"] and checked["current"] else "not current"
    scene.lines(f"concerted release {named}   {released['release']}: {len(released['assets'])} assets, one strategy")
    scene.lines(f"concerted export   {len(exported['files'])} files in {out}; verify: {verified}")
    scene.figures |= {"release": released["release"], "released": len(released["assets"]), "files": [row["path"] for row in exported["files"]]}
    scene.lines(
        "",
        "Look around:",
        f"concerted -C {scene.folder} status",
        f"concerted -C {scene.folder} why landing-page.web.shops.us.-",
        f"concerted -C {scene.folder} history",
    )
