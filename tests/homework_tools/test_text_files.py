"""A file is written whole or not at all."""

import errno
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
