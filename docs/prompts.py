"""The page on prompts: three of them as they would be sent, rendered from the shipped example by the code that sends them."""

import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from concerted.bootstrap import open_session, workers
from concerted.campaign.change import NO_CHANGE, Change
from concerted.campaign.line import State
from concerted.campaign.work import Work
from concerted.conductor.asking import Desk
from concerted.conductor.changing import run
from concerted.conductor.session import Session
from concerted.conductor.strategist import told_to_strategist
from concerted.llm.asking import Turn, request
from concerted.llm.consulting import strategist_request
from concerted.llm.judging import judge_request
from concerted.llm.model import Request
from concerted.planning.lifecycle import make_edits
from concerted.store.store import Store

EXAMPLE = Path(__file__).parents[1] / "examples" / "small-hours"
TODAY = "2026-12-01"
MAIL, AD, PAGE = "launch-email.email.shops.us.announce", "search-ad.google-search.shops.us.-", "landing-page.web.hamburg.de.-"
PRICE = "$25"
WORDS = "Priya, one small thing: the first repair is $25 from now on. And ride it tomorrow morning becomes ride it at six."
INTRODUCTION = """# Prompts

Made by `make docs` from [the example](../examples/small-hours/campaign.yaml) by the code that sends them; change the templates, not this page.

A prompt has three parts. The *brief* is what to write from; a draft depends on exactly what its brief read, and on nothing else. The
*guardrails* are told beside it and checked on the finished words. The *history* stands there when words exist already: what they say, what
has changed under them, and that as little as possible is to be changed. What other people wrote stands between `<material>` lines, and nothing
inside can pass for one of ours. Templates: `src/concerted/workers/*/prompt.md.j2` (briefs), `src/concerted/workers/*.md.j2` (guardrails,
history, what briefs share), `src/concerted/llm/prompts` (how to answer).
"""


def prompts_page() -> str:
    """Write the page."""
    with TemporaryDirectory() as folder:
        session = _drafted(Path(folder) / "campaign")
        state = session.load()
        parts = [
            INTRODUCTION,
            _shown("A first draft", "The letter of the announcement, for shop owners in the US.", _first(session, state, MAIL, "letter")),
            _shown("In another language", "The top of the German page, from German words only.", _first(session, state, PAGE, "top")),
            _shown(
                "After a change", f"The opening price is now {PRICE}. The ad is asked for the smallest change.", _revised(session, state, AD, "offer")
            ),
            _judge(_first(session, state, MAIL, "letter")),
            _strategist(session),
        ]
        if isinstance(session.keeper, Store):
            session.keeper.close()
    return "\n".join(parts)


def _drafted(folder: Path) -> Session:
    """Have the example written by the house, then let a model write."""
    shutil.copytree(EXAMPLE, folder)
    session = open_session(folder, today=TODAY, by="Priya Raman")
    run(session)
    if isinstance(session.keeper, Store):
        session.keeper.close()
    (folder / "concerted.toml").write_text('model = "openai:gpt-5-mini"\n', encoding="utf-8")
    return open_session(folder, today=TODAY, by="Priya Raman")


def _first(session: Session, state: State, asset: str, group: str) -> Work:
    """Give the work for an asset that has no words yet, while all others have."""
    texts = {other: draft for other, draft in state.main.texts.items() if other != asset}
    drafts = {other: stored for other, stored in state.drafts.items() if other != asset}
    return _work(session, replace(state, main=replace(state.main, texts=texts), drafts=drafts), NO_CHANGE, asset, group)


def _revised(session: Session, state: State, asset: str, group: str) -> Work:
    """Give the work for an asset on a Change of the opening price."""
    change = Change("C2", "One small thing", "Jo Adeyemi", f"{TODAY}T09:00:00")
    change = change.with_edits(make_edits(state, change, [("offers.first.price.us", PRICE)], "set", session.kit(state.main.tree)))
    return _work(session, replace(state, changes={change.id: change}), change, asset, group)


def _work(session: Session, state: State, change: Change, asset: str, group: str) -> Work:
    desk = Desk(workers(), session.build, session.today)
    wanted = desk.build(state, change).wanted
    return desk.work(next(task for task in wanted if (task.asset, task.group) == (asset, group)))


def _shown(title: str, about: str, work: Work) -> str:
    return _spelled(title, f"`{work.asset}`, {work.group}. {about}", request(work, Turn(work.fields), "tagged", 4096))


def _judge(work: Work) -> str:
    """Show what a judge is asked about the house writer's words for the same work."""
    asked = judge_request(work, {name: work.fallback[name] for name in work.fields if work.fallback.get(name)}, 1024)
    return _spelled("The judge", f"`{work.asset}`, {work.group}. Another model reads what was written; it may advise, and approves nothing.", asked)


def _strategist(session: Session) -> str:
    """Show what the strategist is asked about a short brief; of the example's lines only a few are told here."""
    lines = {ref: value for ref, value in session.facets(session.load()).items() if ref in ("positioning.promise", "offers.first.price.us")}
    told = told_to_strategist(WORDS, lines, "What is asked for")
    return _spelled("The strategist", "Somebody's own words become proposed lines, each with its quote.", strategist_request(told, 4096)(""))


def _spelled(title: str, about: str, asked: Request) -> str:
    told = "".join(f"**{who}**\n\n````text\n{said.strip()}\n````\n\n" for who, said in (("System", asked.system), ("User", asked.user)))
    return f"## {title}\n\n{about} About {asked.tokens:,} tokens.\n\n{told}".rstrip() + "\n"
