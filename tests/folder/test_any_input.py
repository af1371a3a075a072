"""Whatever is in the file: problems with a place and a sentence, never a traceback, never a strategy out of a broken file."""

from hypothesis import given
from hypothesis import strategies as st

from concerted.folder import check, read_files
from tests.folder.lantern import CAMPAIGN, NAMES, TODAY

SIGNS = "\t\"'{}[]|>%@\0\x07\u2028\xa0\r\n\\,~\ud7ff\ufeff-"
SNIPPETS = (*SIGNS, ": ", "- ", "#", " #", "*a", "&a ", "!x ", "---\n", "? ", "<<: ", "  ", "...\n", "include: [x.yaml]\n", "12: ")


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    text = CAMPAIGN
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 2, 5, 40])))
        text = text[:start] + draw(st.sampled_from(("", *SNIPPETS))) + text[end:]
    data = text.encode(draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "cp1252", "utf-16"])), errors="replace")
    return data[: draw(st.sampled_from([len(data), len(data), 1_000]))]


def amiss(data: bytes) -> list[str]:
    """List what is wrong with the problems of a file: none without a place, a sentence and a remedy, no strategy out of a broken file."""
    source = read_files({"campaign.yaml": data})
    stopped = any(problem.severity == "file" for problem in source.problems)
    wrong = [] if (source.strategy is None) == stopped else ["a strategy out of a broken file, or none out of a good one"]
    lines = data.decode("utf-8", errors="replace").count("\n") + data.count(b"\r") + 2
    for problem in check(source, TODAY, NAMES):
        placed = 1 <= problem.line <= lines and problem.column >= 1
        helpful = problem.message and (problem.remedy or problem.severity != "file")
        wrong += [] if placed and helpful else [str(problem)]
    return wrong


@given(damaged())
def test_a_damaged_file_gives_problems_and_never_a_traceback(data: bytes) -> None:
    assert amiss(data) == []


@given(st.binary(max_size=200))
def test_any_bytes_give_problems_and_never_a_traceback(data: bytes) -> None:
    assert amiss(data) == []


NAMES_OF_PARTS = ("campaign", "claims", "wait", "name", "full", "include", "wordings", "de", "positioning", "h30")


def _either(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.dictionaries(st.sampled_from(NAMES_OF_PARTS), inner, max_size=4)
    lists = st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
    return st.one_of(lists, pairs.map(lambda found: "{" + ", ".join(f"{key}: {value}" for key, value in found.items()) + "}"))


@given(st.recursive(st.sampled_from(["x", "campaign", "claims", "2", "null", '""']), _either, max_leaves=12))
def test_any_shape_gives_problems_and_never_a_traceback(text: str) -> None:
    assert amiss(text.encode()) == []


def test_a_line_that_is_still_wrong_when_repaired_is_given_up() -> None:
    text = CAMPAIGN.replace(
        "  trials: {serves: 300 libraries by 2028, measure: trials started, target: 120", '  ,rials: {serves: "300", measure: "\\"', 1
    )
    source = read_files({"campaign.yaml": text.encode()})
    assert [problem.line for problem in source.problems] == [14]
