"""What checking costs: cheap enough for every field of every asset whenever something changes. CPU time against one loop of the same run.

`python -m bench.rules` prints it alone; nothing here fails a build.
"""

from collections.abc import Callable
from time import process_time

from concerted.campaign.facets import Value
from concerted.rules import broken_guardrails, check, prepare
from tests.rules.dock import EARLIER, facets_with, subject

SENTENCES = (
    "Locking up the yard takes a minute, and closing the day takes rather longer. ",
    "When trucks run late, your dock plan fixes itself. ",
    "Three of the carriers never call before eight, and nobody prints the plan twice. ",
    "60 days free on one dock group, no card; then USD 1,900 per site per month. ",
)
FACTS = 300


def reference() -> None:
    """Run the fixed loop that everything is measured in; it takes 4 to 8 ms."""
    total = 0
    for number in range(100_000):
        total += number * number % 7


def cost(work: Callable[[int], object], rounds: int = 12) -> float:
    """Take the cheapest of some rounds, in units of the reference loop."""

    def seconds(run: Callable[[], object]) -> float:
        start = process_time()
        run()
        return process_time() - start

    loop = min(seconds(reference) for _ in range(5))
    return min(seconds(lambda number=number: work(number)) for number in range(rounds)) / loop


def large_strategy() -> dict[str, Value]:
    """Give a strategy of 300 lines."""
    facets = facets_with()
    number = 0
    while len(facets) < FACTS:
        facets[f"messages.extra-{number}.pillar"] = (
            f"Message {number} says that gate {number + 400} opens before the trucks of carrier {number} arrive."
        )
        number += 1
    return facets


def texts(salt: int) -> dict[str, str]:
    """Ten fields of some hundred characters, new words for each salt so that nothing is remembered."""
    return {f"field_{number}": f"{SENTENCES[number % 4]}{SENTENCES[(number + 1) % 4]}No {number} of plan word{salt}." for number in range(10)}


def main() -> None:
    """Print each cost as a ratio to the reference loop, beside its target."""
    facets = large_strategy()
    lexicon = prepare(facets)
    rows: tuple[tuple[str, Callable[[int], object], float], ...] = (
        ("check a new text of ten fields", lambda salt: check(subject(texts(salt)), lexicon, EARLIER), 0.5),
        ("check it again", lambda _: check(subject(texts(0)), lexicon, EARLIER), 0.2),
        ("its guardrails alone", lambda _: broken_guardrails(subject(texts(0)), lexicon, EARLIER), 0.15),
        ("prepare a strategy again", lambda _: prepare(dict(facets)), 0.1),
    )
    for name, work, target in rows:
        ratio = cost(work)
        print(f"{'ok  ' if ratio < target else 'over'} {name:<52} ratio {ratio:6.2f}   target {target:5.2f}")


if __name__ == "__main__":
    main()
