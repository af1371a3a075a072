"""The act of a drifting writer: really streamed, really stopped, on record, and nothing of the campaign beside it touched."""

import os

from concerted.cli.drift import ASSET, FOLDER, catch_drift
from concerted.conductor import reading
from tests.cli.terminal import PRIYA, TODAY, Terminal
from tests.story.stage import Stage


def test_a_drifting_model_is_stopped_in_mid_sentence_before_the_readers_eyes(drafted: Terminal) -> None:
    shown: list[str] = []
    before = {path: path.read_bytes() for path in (drafted.folder / "campaign.yaml", drafted.folder / ".concerted" / "store.db")}
    told = catch_drift(drafted.folder, PRIYA, TODAY, lambda text, ends: shown.append(text + ("\n" if ends else "")))
    page = "".join(shown)
    assert page.count("stopped") == 2
    assert page.index("$29") < page.index("Do not write “$29”") < page.index("Wheelwright Mobile") < page.index("$27 until")
    price, rival = told["interventions"]
    assert (price["rule"], price["ref"], price["words"]) == ("old-price", "offers.first.price.us", "$29")
    assert (rival["rule"], rival["words"]) == ("competitor-name", "Wheelwright Mobile")
    assert all(row["saved"] > 0 and row["step"] == "again" and "$27" in row["came"] for row in (price, rival))
    assert told["calls"] == 3
    assert max(told["sent"][:2]) < told["sent"][2], "the first two never came to their end"
    assert {path: path.read_bytes() for path in before} == before
    stage = Stage(drafted.folder / FOLDER, TODAY)
    assert stage.do(reading.status)["interventions"]["total"] == 2
    assert "$27" in stage.text(ASSET, "text")
    assert not any(name in os.environ for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY")), "it needs no key"
