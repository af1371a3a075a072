"""Events are cut out of a stream alike, however the network cuts it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.llm.sse import LONGEST, Events, NoEvents

STREAM = b': hello\r\n\r\ndata: {"a": 1}\n\nevent: x\r\ndata: {"b":\r\ndata: 2}\r\n\r\nid: 3\n\ndata:[DONE]\n\n'
DATA = [b'{"a": 1}', b'{"b":\n2}', b"[DONE]"]


@given(st.lists(st.integers(min_value=0, max_value=len(STREAM)), max_size=20))
def test_events_are_the_same_however_the_bytes_come(places: list[int]) -> None:
    edges = [0, *sorted(places), len(STREAM)]
    events = Events()
    found = [data for start, end in pairwise(edges) for data in events.feed(STREAM[start:end])]
    assert found == DATA


def test_an_event_without_its_empty_line_is_given_at_the_end() -> None:
    events = Events()
    assert events.feed(b"data: last") == []
    assert events.end() == [b"last"]


def test_a_line_without_end_is_no_event_stream() -> None:
    with pytest.raises(NoEvents):
        Events().feed(b"x" * (LONGEST + 1))
