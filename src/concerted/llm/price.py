"""What calls cost, in US dollars: by the settings, by nothing on this machine, else by the price list that comes bundled. Never asks the network."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from concerted.llm.configured import ADAPTED, EMBEDDED, Endpoint, ModelName
from concerted.llm.model import Usage

Source: TypeAlias = Literal["settings", "this machine", "genai-prices", "unknown"]
MILLION = Decimal(1_000_000)
LISTED = ("openai", *ADAPTED)
"""Endpoints that are the vendor itself, whose list prices hold."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What one model costs."""

    name: ModelName
    source: Source
    per_million_in: Decimal = Decimal(0)
    per_million_out: Decimal = Decimal(0)
    """For display; a list price may have steps, which `cost` knows."""

    @property
    def known(self) -> bool:
        """Tell whether costs can be said, and so capped."""
        return self.source != "unknown"

    def cost(self, usage: Usage) -> Decimal:
        """Price one call; 0 where nobody knows."""
        if self.source == "genai-prices":
            return _listed(self.name, usage) or Decimal(0)
        return (self.per_million_in * usage.tokens_in + self.per_million_out * usage.tokens_out) / MILLION


def prices_of(name: ModelName, endpoint: Endpoint, here: bool) -> Prices:
    """Find what a model costs. `here`: it runs on this machine."""
    if endpoint.price_in is not None or endpoint.price_out is not None:
        return Prices(name, "settings", endpoint.price_in or Decimal(0), endpoint.price_out or Decimal(0))
    if here or name.endpoint == EMBEDDED:
        return Prices(name, "this machine")
    a_million_in, a_million_out = _listed(name, Usage(1_000_000, 0)), _listed(name, Usage(0, 1_000_000))
    if a_million_in is None or a_million_out is None:
        return Prices(name, "unknown")
    return Prices(name, "genai-prices", a_million_in, a_million_out)


def _listed(name: ModelName, usage: Usage) -> Decimal | None:
    # Imported here: a quarter of a second that only who calls a hosted model pays.
    from genai_prices import Usage as Counted
    from genai_prices import calc_price

    counted = Counted(input_tokens=usage.tokens_in, output_tokens=usage.tokens_out, cache_read_tokens=min(usage.cached, usage.tokens_in) or None)
    try:
        return calc_price(counted, model_ref=name.model, provider_id=name.endpoint if name.endpoint in LISTED else None).total_price
    except LookupError:
        return None
