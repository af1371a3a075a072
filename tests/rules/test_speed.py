"""Checking is cheap enough to do for every field of every asset whenever something changes. CPU time against a fixed loop of the same run."""

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
    total = 0
    for number in range(100_000):
        total += number * number % 7


def cost(work: Callable[[int], object], rounds: int = 12) -> float:
    """The cheapest of some rounds, in units of the reference loop."""

    def seconds(run: Callable[[], object]) -> float:
        start = process_time()
        run()
        return process_time() - start

    loop = min(seconds(reference) for _ in range(5))
    return min(seconds(lambda number=number: work(number)) for number in range(rounds)) / loop


def large_strategy() -> dict[str, Value]:
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


def test_checking_a_new_text_costs_about_a_millisecond() -> None:
    lexicon = prepare(large_strategy())
    assert cost(lambda salt: check(subject(texts(salt)), lexicon, EARLIER)) < 0.5  # the loop takes 4 to 8 ms


def test_checking_again_costs_less() -> None:
    lexicon = prepare(large_strategy())
    assert cost(lambda _: check(subject(texts(0)), lexicon, EARLIER)) < 0.2


def test_guardrails_alone_cost_less_than_everything() -> None:
    lexicon = prepare(large_strategy())
    assert cost(lambda _: broken_guardrails(subject(texts(0)), lexicon, EARLIER)) < 0.15


def test_preparing_a_strategy_again_costs_next_to_nothing() -> None:
    facets = large_strategy()
    prepare(facets)
    assert cost(lambda _: prepare(dict(facets))) < 0.1
