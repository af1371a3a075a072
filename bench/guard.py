"""What watching costs: CPU per streamed token, per sentence and per finished text, beside one reference loop of the same run.

`python -m bench.guard` prints it alone; nothing here fails a build.
"""

import random
import string
from collections.abc import Callable
from datetime import date

from bench.core import REFERENCE_MS, Figure, cpu, reference
from concerted.campaign.deliverable import Deliverable, DeliverableType, FieldSpec
from concerted.campaign.facets import flatten
from concerted.guard.automaton import Automaton, Matcher, Watchword, compiled
from concerted.guard.judge import judge
from concerted.guard.ledger import row
from concerted.guard.normalise import Normaliser
from concerted.guard.post import post_for
from concerted.guard.subject import Piece
from concerted.guard.watch import Watcher
from concerted.rules.lexicon import prepare

PHRASES, TOKENS = 503, 20_000
TODAY = date(2027, 3, 1)
COPY = (
    "A truck is late, and every slot behind it slides. Live sees it coming, moves docks and crews, and texts the drivers. "
    "You find the new plan on the screen. At 14 pilot warehouses the median wait fell from 71 to 38 minutes. "
    "After that it is USD 1,900 per site per month. Start with one dock group; add sites when the numbers hold. "
)
STRATEGY = {
    "campaign": {"name": "Rampline Live", "company": "Rampline", "language": "en-US"},
    "positioning": {"promise": "When trucks run late, your dock plan fixes itself.", "because": "Live reads carrier positions every two minutes."},
    "claims": {
        "wait": {"kind": "measured", "full": "At 14 pilot warehouses the median wait fell from 71 to 38 minutes.", "cleared": {"us": "D. Shah"}}
    },
    "offers": {"start": {"line": "60 days free on one dock group, no card.", "then": {"us": "USD 1,900 per site per month"}, "until": "2027-05-31"}},
    "markets": {"us": {"language": "en-US", "launch": "2027-03-09 08:00"}},
    "brand": {"words": {"never": {f"word-{number}": f"bannedword{number}" for number in range(60)}}},
}
DELIVERABLE = Deliverable("copy", "email", "dock", "us", "-", publish="2027-03-10")
KIND = DeliverableType("copy", "Copy", "bench", (FieldSpec("body"), FieldSpec("more")))


def tokens(count: int, seed: int = 7) -> list[str]:
    """Invent a stream: most tokens are a space and a few letters, as a model cuts English."""
    rnd = random.Random(seed)
    words = ["".join(rnd.choices(string.ascii_lowercase, k=rnd.randint(2, 5))) for _ in range(3_000)]
    return [f"{'' if rnd.random() < 0.25 else ' '}{rnd.choice(words)}" for _ in range(count)]


def phrases(count: int, seed: int = 11) -> Automaton:
    """Invent phrases of one to four words."""
    rnd = random.Random(seed)
    words = ["".join(rnd.choices(string.ascii_lowercase, k=rnd.randint(3, 9))) for _ in range(3_000)]
    return compiled(tuple(Watchword(" ".join(rnd.sample(words, rnd.randint(1, 4))), "bench", str(number)) for number in range(count)))


def copy_tokens() -> list[str]:
    """Cut real copy as tokens."""
    return [piece for word in (COPY * 20).split(" ") for piece in (f" {word[:5]}", word[5:]) if piece]


def measure() -> list[Figure]:
    """Run every measurement; the unit is one token, one sentence or one text, in CPU milliseconds."""
    loop = reference()
    stream, copy, automaton = tokens(TOKENS), copy_tokens(), phrases(PHRASES)
    facets = flatten(STRATEGY)
    old = {**facets, "positioning.promise": "Every truck finds its dock, hour after hour.", "offers.start.then.us": "USD 2,100 per site per month"}
    lexicon, post = prepare(facets), post_for(facets, old, DELIVERABLE, KIND, TODAY)
    piece = Piece(DELIVERABLE, KIND, {"body": COPY})
    sentence = "At 14 pilot warehouses the median wait fell from 71 to 38 minutes."
    count = iter(range(1_000_000))
    rows: list[tuple[str, Callable[[], object], float, int]] = [
        ("join the tokens of a stream (nothing watched)", lambda: "".join(stream), 0.001, TOKENS),
        ("normalise a token", lambda: _push(Normaliser().push, stream), 0.001, TOKENS),
        (f"look for {PHRASES} phrases, a token", lambda: _push(Matcher(automaton).push, stream), 0.0017, TOKENS),
        ("watch a token of copy, sentences and facts included", lambda: _feed(Watcher(post), copy), 0.05, len(copy)),
        ("trace one new sentence", lambda: row(post.subject, "body", f"{sentence} ({next(count)})", lexicon, TODAY), 20.0, 1),
        ("judge a text of six sentences", lambda: judge(piece, lexicon, TODAY), 20.0, 1),
        ("put a post together", lambda: post_for(lexicon, old, DELIVERABLE, KIND, TODAY), 20.0, 1),
    ]
    return [_figure(name, work, target, (per, loop)) for name, work, target, per in rows]


def _push(push: Callable[[str], object], stream: list[str]) -> None:
    for token in stream:
        push(token)


def _feed(watcher: Watcher, stream: list[str]) -> None:
    for token in stream:
        watcher.feed("body", token)


def _figure(name: str, work: Callable[[], object], target: float, scale: tuple[int, float]) -> Figure:
    per, loop = scale
    taken = min(cpu(work) for _ in range(5)) / per
    return Figure(name, taken, target, taken / loop)


def main() -> None:
    """Print each figure in microseconds and as a ratio to the reference loop."""
    print(f"reference loop: {reference():.1f} ms CPU (targets are scaled from {REFERENCE_MS:.0f} ms)")
    for figure in measure():
        mark = "ok  " if figure.met else "over"
        print(f"{mark} {figure.name:<54} {figure.milliseconds * 1000:10.2f} us CPU   target {figure.target * 1000:10.1f}   ratio {figure.ratio:.6f}")


if __name__ == "__main__":
    main()
