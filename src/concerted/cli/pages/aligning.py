"""What was found when words were held against the strategy."""

from __future__ import annotations

from typing import Any

from concerted.cli.pages.remarks import SAID, opinions
from concerted.cli.sheet import Sheet
from concerted.cli.text import Names, count, listed

Report = dict[str, Any]
SEVERITIES = {"file": "stops the file", "release": "stops a release", "advice": "advice"}


SURE = {"certain": "", "likely": "likely", "hint": "a hint: look at it"}


def weight(finding: Report) -> str:
    """Say what a finding stops and how sure it is; what is certain goes without saying."""
    return ", ".join(part for part in (SEVERITIES[finding["severity"]], SURE[finding["confidence"]]) if part)


def judged_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print the judgement of a pasted text."""
    del names
    what = "as it stands in the file" if report["line"] == "file" else f"{report['strategy']}"
    sheet.head("Nothing stands against it." if report["ok"] else "It could not be released like this.", f"strategy {what}")
    _findings(sheet, report["findings"])
    _sentences(sheet, report)
    _meaning(sheet, report)


def taken_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print what became of copy from elsewhere."""
    sheet.head(f"Your words stand in {count(len(report['done']), 'field')}." if report["done"] else "Nothing was changed.")
    for place in report["done"]:
        asset, _, field = place.partition("#")
        sheet.say(f"{names.asset(asset)}: {field}", indent=2)
    if report["unchanged"]:
        sheet.mute(f"Said the same already: {listed(report['unchanged'])}.")
    _findings(sheet, report["findings"])


def align_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print the alignment of a campaign: shares of checks passed, then what fails."""
    sheet.head(
        f"{report['campaign']}: {_percent(report['share'])} of the checks passed", f"{count(report['assets'], 'asset')}, strategy {report['version']}"
    )
    for place in report["mended"]:
        sheet.say(f"put right: {place}", indent=2)
    rows = [row for row in report["by"]["check"] if row["stopping"] or row["advice"]]
    if rows:
        sheet.gap()
        sheet.rows(
            ((row["title"], _percent(row["share"]), str(row["stopping"]), str(row["advice"])) for row in rows),
            header=("check", "passed", "stops a release", "advice"),
        )
    for heading in ("worker", "market", "channel"):
        shares = ", ".join(f"{row['name']} {_percent(row['share'])}" for row in report["by"][heading])
        sheet.mute(f"By {heading}: {shares}")
    for finding in report["findings"]:
        where = names.asset(finding["asset"]) if finding["asset"] else "all texts"
        sheet.head(f"{where}: {finding['field']}" if finding["field"] else where, weight(finding))
        _finding(sheet, finding, campaign=True)
    opinions(sheet, report["opinions"]["latest"], names, whole=True)
    _put_back(sheet, report["put_back"], names)
    let_stand(sheet, report["dismissed"], names)
    sheet.gap()
    _meaning(sheet, report)
    if any(row["applies"] for row in report["fixes"]):
        sheet.command("concerted align --fix", 0)
    if "html" in report:
        sheet.say(f"Written to {report['html']}.")
    else:
        sheet.command("concerted align --html alignment.html", 0)


def _put_back(sheet: Sheet, rows: list[Report], names: Names) -> None:
    """Count the sentences that models had reworded without need, by field; `why` shows them."""
    if rows:
        where = listed(dict.fromkeys(names.place(row["asset"], row["field"]) for row in rows), 6)
        sheet.gap()
        sheet.mute(
            f"Put back as it stood, having been reworded without need: {count(sum(len(row['sentences']) for row in rows), 'sentence')} in {where}."
        )


def let_stand(sheet: Sheet, rows: list[Report], names: Names) -> None:
    """Count and list the remarks that somebody let stand."""
    if not rows:
        return
    sheet.gap()
    sheet.mute(f"{len(rows)} dismissed")
    for row in rows:
        sheet.mute(f"{names.place(row['asset'], row['field'])}: {row['rule']}, because {row['because']} ({row['by']})", indent=2)


def dismissed_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print which remarks stand from now on, or are shown again."""
    for item in report["done"]:
        rule, _, where = item.partition(":")
        asset, _, field = where.partition("#")
        said = "is shown again" if report["undone"] else f"stands, because {report['because']}"
        sheet.head(f"{names.place(asset, field)}: {rule} {said}")
    sheet.command("concerted align")


def _meaning(sheet: Sheet, report: Report) -> None:
    if report["meaning"]["said"]:
        sheet.mute(report["meaning"]["said"])


def _percent(share: float) -> str:
    """Never round up to all."""
    return "100 %" if share >= 1 else f"{int(share * 1000) / 10:g} %"


def _findings(sheet: Sheet, findings: list[Report]) -> None:
    for finding in findings:
        sheet.gap()
        sheet.say(weight(finding), style="bold")
        _finding(sheet, finding)


def _finding(sheet: Sheet, finding: Report, *, campaign: bool = False) -> None:
    sheet.say(finding["message"], indent=2)
    if finding["remedy"]:
        sheet.say(finding["remedy"], indent=2)
    if finding["evidence"] and finding["evidence"] not in finding["message"]:
        sheet.mute(f"“{finding['evidence']}”", indent=2)
    if finding["severity"] == "advice" and campaign:
        where = f":{place_of(finding)}" if finding["asset"] else ""
        sheet.command(f"concerted dismiss {finding['rule']}{where} --because '...'", 2, "or let it stand: ")


def place_of(finding: Report) -> str:
    """Write where a finding stands as verbs take it: ASSET or ASSET#field."""
    return f"{finding['asset']}#{finding['field']}" if finding["field"] else str(finding["asset"])


def _sentences(sheet: Sheet, report: Report) -> None:
    if not report["sentences"]:
        return
    sheet.head("Sentence by sentence")
    for row in report["sentences"]:
        sheet.say(row["sentence"].strip(), indent=2)
        sheet.mute(listed(row["refs"]) if row["refs"] else SAID[row["kind"]], indent=4)
