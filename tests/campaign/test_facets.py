"""The flat strategy: refs lead to the keys that the schema means, also where a key is an address with dots of its own."""

import pytest

from concerted.campaign.facets import flatten, route, value_at, with_value
from concerted.campaign.strategy import keys_of

ASSET = "press-release.press.-.de.-"


@pytest.mark.parametrize(
    "ref",
    [
        "positioning.promise", "positioning.promise@en.h30", "positioning.promise@de", "claims.wait.full", "brand.words.never.magic",
        f"deliverables.{ASSET}", "markets.de.leave_out.people.rosa", "markets.de.leave_out.claims.wait.full", "offers.first.price.us",
    ],
)  # fmt: skip
def test_a_ref_leads_to_the_keys_that_the_schema_means(ref: str) -> None:
    assert route(ref) == keys_of(ref)


def test_a_slug_with_dots_is_set_read_and_flattened_as_one_key() -> None:
    tree = with_value({}, f"deliverables.{ASSET}", "drop")
    assert tree == {"deliverables": {ASSET: "drop"}}
    assert value_at(tree, f"deliverables.{ASSET}") == "drop"
    assert flatten(tree)["deliverables.#keys"] == (ASSET,)
