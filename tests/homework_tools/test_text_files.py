"""A file is written whole or not at all."""

import errno
import os
import stat
from pathlib import Path

import pytest

from homework_tools.text_files import write_text


def test_file_of_which_only_a_part_can_be_written_stays_as_it_was(tmp_path, monkeypatch):
    path, original = tmp_path / "codes.csv", Path.write_bytes
    write_text(path, "student,code\nada,BCDFG\n")

    def full_disk(self, content):
        original(self, content[:9])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    with pytest.raises(OSError, match=r"No space left on device: .*codes\.csv"):
        write_text(path, "student,code\nada,BCDFG\nbob,HJKLM\n")
    assert path.read_bytes() == b"student,code\nada,BCDFG\n"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="it keeps no such permissions")
def test_file_that_only_its_owner_may_read_stays_so(tmp_path):
    path = write_text(tmp_path / "codes.csv", "student,code\n")
    path.chmod(0o600)
    write_text(path, "student,code\nada,BCDFG\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name == "nt", reason="not everyone may make a link there")
def test_file_is_written_to_where_a_link_leads(tmp_path):
    kept, path = tmp_path / "kept.csv", tmp_path / "codes.csv"
    kept.touch()
    path.symlink_to(kept)
    write_text(path, "student,code\n")
    assert (path.is_symlink(), kept.read_text()) == (True, "student,code\n")


def test_file_that_cant_be_replaced_is_named_alone(tmp_path):
    (tmp_path / "codes.csv").mkdir()
    with pytest.raises(OSError, match=r": '[^']*codes\.csv'$"):
        write_text(tmp_path / "codes.csv", "student,code\n")
    assert [path.name for path in tmp_path.iterdir()] == ["codes.csv"]
