"""The judge: a model that looks at a finished draft of another model. Its remarks are advice or one wish to revise; it approves nothing."""

from collections.abc import Mapping

from concerted.campaign.opinion import JudgeRemark, Kind, Opinion, Reason
from concerted.campaign.work import Work
from concerted.errors import Refused, Unavailable, UserError
from concerted.llm.asking import one_line, rendered
from concerted.llm.caller import Aim
from concerted.llm.consulting import Answer, consult, rows_in
from concerted.llm.model import Request
from concerted.llm.writer import Voice

MOST = 6
"""Remarks that are kept of one judgement."""
LONGEST = 300
"""Letters of one remark."""


async def judged(voice: Voice, work: Work, words: Mapping[str, str], writer: str, reason: Reason) -> Opinion:
    """Have a draft judged. What goes wrong with the judge is in the opinion and holds no writer up."""
    blank = Opinion(work.task, work.asset, voice.caller.name, writer, reason, dict(words))
    aim = Aim("judge", work.task, work.asset, work.worker)

    def asked(remark: str) -> Request:
        return judge_request(work, words, min(voice.max_tokens, 1024), remark)

    try:
        remarks = await consult(voice.caller, aim, asked, lambda answer: remarks_in(answer, words))
    except (Unavailable, Refused, UserError) as away:
        return Opinion(blank.task, blank.asset, blank.judge, writer, reason, blank.words, unread=away.message)
    return Opinion(blank.task, blank.asset, blank.judge, writer, reason, blank.words, remarks)


def judge_request(work: Work, words: Mapping[str, str], most: int, remark: str = "") -> Request:
    """Put the judge's request together from what the writer was told and what it wrote."""
    told = {"fields": tuple(words), "words": words, "remark": one_line(remark)}
    ready = {"brief": work.brief, "guardrails": work.guardrails}
    system, user = rendered("judge", ready, part="system", **told), rendered("judge", ready, part="user", **told)
    return Request(system, user, most, expected=200)


def remarks_in(answer: Answer, words: Mapping[str, str]) -> tuple[JudgeRemark, ...]:
    """Read remarks. Raises ValueError for another form. What quotes words that are not there, or speaks of no field, is left out."""
    found: list[JudgeRemark] = []
    for row in rows_in(answer, "remarks", "field", "kind", "said"):
        name, said, quote = row["field"] or "", one_line(row["said"] or "")[:LONGEST], one_line(row.get("quote") or "")
        kind: Kind | None = "revise" if row["kind"] == "revise" else "advice" if row["kind"] == "advice" else None
        if kind is None:
            raise ValueError("kind is advice or revise")
        if name in words and said and quote in one_line(words[name]):
            found.append(JudgeRemark(name, kind, said, quote))
    return tuple(found[:MOST])
