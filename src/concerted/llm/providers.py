"""Which class speaks to which vendor, and the callers of one installation: one a model, one bucket an endpoint. A new vendor is added here."""

import asyncio
from dataclasses import dataclass

from concerted.errors import UserError
from concerted.llm.bucket import Bucket
from concerted.llm.caller import Caller, Terms
from concerted.llm.compatible import CompatibleModel, is_here
from concerted.llm.configured import ADAPTED, EMBEDDED, UNMODELLED, Endpoint, ModelName, Models, parse_name
from concerted.llm.key import Key
from concerted.llm.model import Model
from concerted.llm.price import Prices, prices_of
from concerted.llm.purse import Purse
from concerted.llm.trying import REPAIRS
from concerted.llm.writer import Voice


def open_model(name: ModelName, endpoint: Endpoint) -> Model:
    """Make the model for a name. Vendors with a language of their own are imported only here. Raises UserError where their extra is missing."""
    key = Key(endpoint.api_key_env, str(name))
    if name.endpoint == EMBEDDED:
        from concerted.llm.embedded import EmbeddedModel

        return EmbeddedModel(name, endpoint)
    if name.endpoint in ADAPTED:
        from concerted.llm.adapted import open_adapted

        return open_adapted(name, endpoint, key)
    return CompatibleModel(name, endpoint, key)


def price(name: ModelName, endpoint: Endpoint) -> Prices:
    """Say what a model costs."""
    return prices_of(name, endpoint, is_here(endpoint.base_url))


@dataclass(frozen=True)
class Account:
    """Whose calls these are: the books, and the run whose cap they share."""

    purse: Purse
    run: str


class Callers:
    """The models of one installation, opened when they are first used."""

    def __init__(self, models: Models, account: Account) -> None:
        self._models = models
        self._account = account
        self._voices: dict[str, Voice] = {}
        self._buckets: dict[str, Bucket] = {}

    def writer(self, worker: str) -> Voice:
        """Give the model of a worker. Raises UserError where that is none."""
        text = self._models.of(worker)
        if text in UNMODELLED:
            raise UserError(f"{text} is no model.", next="set model in concerted.toml")
        return self.voice(text)

    def stronger(self) -> Voice | None:
        """Give the model that is asked where the writer's answers do not do."""
        return self.voice(self._models.stronger) if self._models.stronger else None

    def judge(self) -> Voice | None:
        """Give the model that judges; None where none is set."""
        return self.voice(self._models.judge) if self._models.judge else None

    def voice(self, text: str) -> Voice:
        """Give a model by its string."""
        if text not in self._voices:
            self._voices[text] = self._opened(parse_name(text))
        return self._voices[text]

    def _opened(self, name: ModelName) -> Voice:
        endpoint = self._models.endpoint(name)
        prices = price(name, endpoint)
        caps = self._models.caps
        if not prices.known and (caps.run is not None or caps.campaign is not None):
            raise UserError(
                f"A cap is set, and nobody knows what {name} costs.",
                next=f"add price_in and price_out, in dollars a million tokens, to [models.{name.endpoint}], or take the cap out of [spend]",
            )
        if name.endpoint not in self._buckets:
            self._buckets[name.endpoint] = Bucket(endpoint.requests_per_minute, endpoint.tokens_per_minute)
        terms = Terms(prices, self._buckets[name.endpoint], self._account.purse, self._account.run, caps, endpoint.timeout, endpoint.attempts)
        caller = Caller(open_model(name, endpoint), terms)
        if name.endpoint == EMBEDDED:
            caller.turn = asyncio.Lock()
            return Voice(caller, endpoint.answers or "json", endpoint.max_tokens, REPAIRS + 1, small=endpoint.small is not False)
        return Voice(caller, endpoint.answers or "tagged", endpoint.max_tokens, small=endpoint.small is True)

    async def close(self) -> None:
        """Let go of connections."""
        for voice in self._voices.values():
            await voice.caller.model.close()
        self._voices.clear()
