"""What must hold with 32 streams at 50 tokens a second: drift is stopped within two tokens, nobody else loses one, nothing is called in vain.

Real sockets, the real guard, no clock to wait for: what counts is what the server sent.
"""

import asyncio
from dataclasses import replace
from datetime import date
from itertools import cycle, islice

from concerted.campaign.deliverable import Deliverable, DeliverableType, FieldSpec
from concerted.campaign.facets import flatten
from concerted.guard.post import post_for
from concerted.guard.watch import Watcher
from concerted.llm.configured import Endpoint
from concerted.llm.writer import Eyes
from tests.llm.desk import WORK, Desk, desk
from tests.llm.server import PLAIN, Act, Call, fields, plain, tokens

STREAMS, DRIFTING, RATE, TOKENS, AT = 32, 4, 50.0, 60, 15
OLD = "Three mechanics and a truck come running to you at noon."
FACETS = flatten({
    "campaign": {"name": "Dusk to Dawn", "company": "Small Hours", "language": "en-US"},
    "positioning": {"promise": "Hand in your bike tonight and ride it tomorrow morning."},
    "brand": {"words": {"never": {"a": "seamless", "b": "hassle-free"}}},
    "competitors": {"w": {"name": "Wheelwright Mobile", "in_copy": "never by name"}},
})  # fmt: skip
BEFORE = {**FACETS, "positioning.promise": OLD}
PAGE = DeliverableType("page", "Page", "web", (FieldSpec("h1"),))
POST = post_for(FACETS, BEFORE, Deliverable("page", "web", "dock", "us"), PAGE, date(2027, 1, 4))
GUARDED = Eyes(lambda _work, accepted: Watcher(POST, accepted=accepted))
VIOLATIONS = ("seamless", "hassle-free", "Wheelwright", "sеamless")
"""The last one with a look-alike letter."""
STEADY = Endpoint(timeout=60, idle=20, attempts=1)


def work(number: int):
    return replace(WORK, task=f"t{number}", asset=f"page.web.dock.us.{number}", fields=("h1",), brief=f"Brief number {number}.", fallback={})


def number_of(call: Call) -> int:
    return int(call.prompt.partition("number ")[2].partition(".")[0])


def drifting_words(number: int) -> str:
    """Write 58 words (60 tokens with the tags) of which the fifteenth token breaks a rule; a name needs the token behind it, too."""
    words = list(islice(cycle(PLAIN), TOKENS - 2))
    words[AT - 2] = VIOLATIONS[number % DRIFTING]
    if words[AT - 2] == "Wheelwright":
        words[AT - 1] = "Mobile"
    return " ".join(words)


def play(call: Call) -> Act:
    """Let the first four drift in their first draft; the second one is good."""
    number = number_of(call)
    drifts = number < DRIFTING and "could not be taken" not in call.prompt
    return Act(fields(h1=drifting_words(number) if drifts else plain(TOKENS - 2)), rate=RATE)


def run() -> Desk:
    async def go() -> Desk:
        async with desk(play, STEADY, GUARDED) as it:
            answers = await asyncio.gather(*(it.writer.write(work(number)) for number in range(STREAMS)))
            assert {answer.fields["h1"] for answer in answers} == {plain(TOKENS - 2)}
            await it.server.settled()
            return it

    return asyncio.run(go())


def test_four_drifting_streams_of_32_are_stopped_within_two_tokens_and_the_others_lose_none() -> None:
    it = run()
    assert len(it.server.calls) == STREAMS + DRIFTING
    drifted = [call for call in it.server.calls if call.ended == "hung up"]
    others = [call for call in it.server.calls if call.ended != "hung up"]
    assert sorted(map(number_of, drifted)) == list(range(DRIFTING))
    for call in drifted:
        broken = "Mobile" if "Wheelwright" in "".join(call.sent) else VIOLATIONS[number_of(call)]
        violating = next(place for place, token in enumerate(call.sent) if broken in token)
        assert len(call.sent) - 1 - violating <= 2, call.sent
    assert [len(call.sent) for call in others] == [TOKENS] * STREAMS
    assert {call.ended for call in others} == {"done"}
    assert {stop.words for stop in it.stops} == {"seamless", "hassle-free", "Wheelwright Mobile", "sеamless"}


def test_a_change_while_32_drafts_stream_stops_the_stale_ones_within_a_token_and_no_other() -> None:
    async def go() -> tuple[Desk, list[int]]:
        async with desk(play, STEADY, GUARDED) as it:
            tasks = [asyncio.create_task(it.writer.write(work(number + DRIFTING))) for number in range(STREAMS)]
            await it.server.sending(STREAMS, tokens_each=10)
            stale = tasks[:8]
            for task in stale:
                task.cancel()
            await asyncio.gather(*stale, return_exceptions=True)
            at_cancel = [len(call.sent) for call in it.server.calls]
            await asyncio.gather(*tasks[8:])
            await it.server.settled()
            return it, at_cancel

    it, at_cancel = asyncio.run(go())
    stopped = [(call, sent) for call, sent in zip(it.server.calls, at_cancel, strict=True) if call.ended == "hung up"]
    assert len(stopped) == 8
    assert all(len(call.sent) <= sent + 1 for call, sent in stopped)
    assert [len(call.sent) for call in it.server.calls if call.ended == "done"] == [TOKENS] * (STREAMS - 8)
    assert len(it.server.calls) == STREAMS


def test_the_words_of_this_test_are_tokens_of_this_number() -> None:
    assert len(tokens(fields(h1=plain(TOKENS - 2)))) == TOKENS
