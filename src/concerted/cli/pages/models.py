"""Models as they are configured: what each is for, whether it answers, what it costs; and a bar for the one that is put together here."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn
from rich.text import Text

from concerted.cli.sheet import Sheet, console
from concerted.cli.text import Names, count, listed

Report = dict[str, Any]


def models_page(sheet: Sheet, report: Report, _names: Names) -> None:
    """Print the models."""
    rows = report["models"]
    if not rows:
        sheet.say(f"No model is used: {report['writer']} writes.")
        sheet.command('model = "openai:gpt-5-mini"', 0, "To have one write, in concerted.toml: ")
        return
    sheet.head(f"{count(len(rows), 'model')}", f"{report['writer']} writes where nothing else is said")
    for row in rows:
        _model(sheet, row)
    spent = report["spent"]
    about = "about " if spent["estimated"] else ""
    sheet.gap()
    sheet.say(f"So far {count(spent['calls'], 'call')}, {spent['tokens']:,} tokens, {about}${spent['money']}.{_caps(report['caps'])}")


def _model(sheet: Sheet, row: Report) -> None:
    state = {None: Text("not tried", "yellow"), True: Text("answers", "green"), False: Text("does not answer", "red")}[row["ok"]]
    sheet.gap()
    sheet.say(Text(f"{row['name']}  ", "bold"), state, f"  {listed(row['for'])}")
    if row["ok"] is False:
        sheet.say(row["said"], indent=2, style="red")
        if row.get("next"):
            sheet.command(row["next"], 2, "Next: ")
    if row["ok"]:
        sheet.mute(f"“{row['said']}” in {row['seconds']} s", indent=2)
    key = row["key"]
    held = f", key in {key['variable']}{'' if key['set'] else ' (not set)'}" if key["variable"] else ", no key"
    sheet.mute(f"{row['at'] or row['name'].partition(':')[0]}{held}", indent=2)
    sheet.mute(f"{_price(row['price'])}; {_limits(row['limits'])}", indent=2)


def _price(price: Report) -> str:
    match price["source"]:
        case "unknown":
            return "price not known: set price_in and price_out"
        case "this machine":
            return "costs nothing, it runs on this machine"
        case source:
            return f"${price['per_million_in']} a million tokens in, ${price['per_million_out']} out ({source})"


def _limits(limits: Report) -> str:
    parts = [
        f"{limits[name]:,.0f} {what} a minute" for name, what in (("requests_per_minute", "calls"), ("tokens_per_minute", "tokens")) if limits[name]
    ]
    return listed([*parts, f"{limits['timeout']:g} s a call"])


def _caps(caps: Report) -> str:
    said = [f"${caps[name]} {what}" for name, what in (("per_run", "a run"), ("per_campaign", "in all")) if caps[name] is not None]
    return f" At most {listed(said)}." if said else ""


def installed_page(sheet: Sheet, report: Report, _names: Names) -> None:
    """Print where the embedded model lies now."""
    sheet.say(f"The embedded model is ready: {report['bytes']:,} bytes, hash as published.")
    sheet.mute(report["file"])
    if not report["runtime"]:
        sheet.command('pip install "concerted[local]"', 0, "What runs it is not installed yet: ")
    sheet.command('model = "local"', 0, "To have it write, in concerted.toml: ")


@contextmanager
def progressing(name: str) -> Generator[Callable[[str], Callable[[int, int], None]]]:
    """Show a bar for each step while bytes are fetched and joined; nothing where no line can move."""
    bar = Progress(TextColumn("{task.description}"), BarColumn(), DownloadColumn(), console=console(talk=True), transient=True)

    def step(what: str) -> Callable[[int, int], None]:
        task = bar.add_task(f"{what} {name}", total=None)
        return lambda done, whole: bar.update(task, completed=done, total=whole)

    with bar:
        yield step
