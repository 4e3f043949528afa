from pathlib import Path

import pytest

from scheduler.errors import PublishError
from scheduler.io.files import refuse_to_overwrite, write_bytes, write_text


def test_a_file_is_written_as_it_is_and_folders_are_made(tmp_path: Path) -> None:
    write_text(tmp_path / "a" / "b.txt", "值\r\n班\n")
    assert (tmp_path / "a" / "b.txt").read_bytes() == "值\r\n班\n".encode()


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.txt"
    write_bytes(target, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "disk full")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(PublishError, match="disk full"):
        write_bytes(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert target.read_bytes() == b"old"


def test_all_files_in_the_way_are_named_at_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).touch()
    with pytest.raises(PublishError) as raised:
        refuse_to_overwrite([tmp_path / name for name in "abc"], force=False)
    assert [Path(fault.place).name for fault in raised.value.faults] == ["a", "b"]
    refuse_to_overwrite([tmp_path / "a"], force=True)
    refuse_to_overwrite([tmp_path / "c"], force=False)
