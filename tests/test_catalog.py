"""The library: ours is complete and sound, the user's own wins, and a broken file is named with its line."""

import os
from pathlib import Path

import pytest

from concerted.catalog import Catalog
from concerted.errors import NotFound, UserError

MINE = """
title: Our launch
deliverables:
  post: {type: x-post, channel: x, per: [market], why: One line.}
"""
PODCAST = 'name = "Podcast"\n[fields.notes]\nlabel = "show notes"\n[fields.notes.max]\nvalue = 4000\nunit = "characters"\nsource = "the host"\n'


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "library" / "playbooks").mkdir(parents=True)
    (tmp_path / "library" / "channels").mkdir()
    return tmp_path


def test_the_shipped_library_can_be_read() -> None:
    catalog = Catalog()
    assert {"messaging-house", "concept", "landing-page", "launch-email", "linkedin-post", "x-post", "search-ad", "sms", "press-release"} < set(
        catalog.playbook("product-launch").deliverables
    )
    assert {"email", "linkedin", "x", "google-search", "sms", "web", "press", "internal"} <= set(catalog.channels())


def test_channel_limits_become_facets() -> None:
    facets = Catalog().channel_facets()
    assert facets["channel.google-search.headline.max"] == 30
    assert all(path.startswith("channel.") for path in facets)


def test_without_a_library_of_their_own_nothing_is_theirs(tmp_path: Path) -> None:
    assert Catalog(tmp_path).items() == Catalog().items()


def test_the_users_file_of_the_same_name_wins_and_is_shown(own: Path) -> None:
    file = own / "library" / "playbooks" / "product-launch.yaml"
    file.write_text(MINE, encoding="utf-8")
    catalog = Catalog(own)
    assert list(catalog.playbook("product-launch").deliverables) == ["post"]
    (item,) = [item for item in catalog.items() if item.id == "product-launch"]
    assert (item.kind, item.file, item.own, item.wins) == ("playbook", file, True, True)


def test_the_users_own_channel_joins_ours_with_its_facets(own: Path) -> None:
    (own / "library" / "channels" / "podcast.toml").write_text(PODCAST, encoding="utf-8")
    catalog = Catalog(own)
    assert catalog.channel_facets()["channel.podcast.notes.max"] == 4000
    (item,) = [item for item in catalog.items() if item.id == "podcast"]
    assert (item.own, item.wins) == (True, False)
    assert "x" in catalog.channels()


def test_a_file_is_read_again_only_when_it_was_touched(own: Path) -> None:
    file = own / "library" / "playbooks" / "ours.yaml"
    file.write_text(MINE, encoding="utf-8")
    catalog = Catalog(own)
    first = catalog.playbook("ours")
    assert catalog.playbook("ours") is first
    file.write_text(MINE.replace("Our launch", "My launch"), encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert catalog.playbook("ours").title == "My launch"


def test_an_unknown_playbook_is_not_found_and_says_what_was_meant() -> None:
    with pytest.raises(NotFound, match="did you mean product-launch"):
        Catalog().playbook("produkt-launch")


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("title: [", "expected the node content", 1),
        ("title: a\n\tb: c\n", "cannot start any token", 2),
        ("- a\n", "the file holds no entries", 0),
        ("", "the file holds no entries", 0),
        (MINE.replace("why", "wy"), "deliverables.post.wy is not known here", 0),
        (MINE.replace("channel: x,", "channel: twitter,"), "there is no channel twitter", 0),
    ],
    ids=["not yaml", "tab", "a list", "empty", "unknown key", "unknown channel"],
)
def test_a_broken_playbook_of_the_user_is_named_with_its_place(own: Path, text: str, said: str, line: int) -> None:
    file = own / "library" / "playbooks" / "ours.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        Catalog(own).playbook("ours")
    problem = caught.value.problems[0]
    assert (problem.file, problem.line) == (str(file), line)
    assert any(said in problem.message for problem in caught.value.problems)


def test_a_file_in_another_encoding_is_reported_and_not_guessed(own: Path) -> None:
    file = own / "library" / "playbooks" / "ours.yaml"
    file.write_bytes("title: Für alle\n".encode("latin-1"))
    with pytest.raises(UserError, match="can't decode"):
        Catalog(own).playbook("ours")


def test_every_broken_file_is_named_at_once(own: Path) -> None:
    for name in ("one", "two"):
        (own / "library" / "channels" / f"{name}.toml").write_text("name = ", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        Catalog(own).channels()
    assert [Path(problem.file).stem for problem in caught.value.problems] == ["one", "two"]
