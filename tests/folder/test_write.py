"""Files are replaced whole or not at all, and never over what somebody else has just written."""

import os
from pathlib import Path

import pytest

from concerted.errors import Refused
from concerted.folder import write


def test_a_file_is_replaced_with_its_permissions_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "campaign.yaml"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write(tmp_path, {"campaign.yaml": b"new", "more.yaml": b"more"}, {"campaign.yaml": b"old"})
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir(tmp_path)) == ["campaign.yaml", "more.yaml"]


def test_a_file_that_somebody_changed_meanwhile_stops_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "campaign.yaml").write_bytes(b"old")
    (tmp_path / "claims.yaml").write_bytes(b"edited by hand")
    with pytest.raises(Refused) as refused:
        write(tmp_path, {"campaign.yaml": b"new", "claims.yaml": b"new"}, {"campaign.yaml": b"old", "claims.yaml": b"old"})
    assert [reason.why for reason in refused.value.reasons] == ["claims.yaml was changed while Concerted was at work"]
    assert (tmp_path / "campaign.yaml").read_bytes() == b"old"
    assert (tmp_path / "claims.yaml").read_bytes() == b"edited by hand"


def test_a_file_that_somebody_removed_meanwhile_is_not_brought_back(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        write(tmp_path, {"campaign.yaml": b"new"}, {"campaign.yaml": b"old"})
    assert os.listdir(tmp_path) == []


def test_a_link_inside_the_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_bytes(b"old")
    (tmp_path / "campaign.yaml").symlink_to("real.yaml")
    write(tmp_path, {"campaign.yaml": b"new"}, {"campaign.yaml": b"old"})
    assert (tmp_path / "campaign.yaml").is_symlink()
    assert (tmp_path / "real.yaml").read_bytes() == b"new"
