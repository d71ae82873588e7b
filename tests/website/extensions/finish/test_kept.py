"""What is kept is made once, and anew when anything changes that decides about it."""

import pytest

from website.extensions.finish.kept import write_kept


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a file of some parts, and says whether it was made anew."""
    made = []

    def write(*parts):
        target, count = tmp_path / "font.woff", len(made)
        target.unlink(missing_ok=True)
        make = lambda path: path.write_text(f"{parts}") and made.append(path)  # noqa: E731
        write_kept(target, tmp_path / "cache", parts, make)
        assert target.read_text() == f"{parts}"
        return len(made) > count

    return write


def test_the_same_file_is_made_once(write):
    assert write("sans", [1, 2])
    assert not write("sans", [1, 2])


def test_another_part_makes_another_file(write):
    write("sans", [1, 2])
    assert write("sans", [1, 3])
    assert not write("sans", [1, 2])


def test_a_file_counts_with_its_content(write, tmp_path):
    source = tmp_path / "source"
    source.write_text("a")
    write(source)
    source.write_text("b")
    assert write(source)


def test_two_that_make_the_same_file_at_once_both_get_it(tmp_path):
    cache = tmp_path / "cache"

    def is_overtaken(path):
        path.write_text("whole")
        write_kept(tmp_path / "b.woff", cache, ["sans"], lambda each: each.write_text("whole"))

    write_kept(tmp_path / "a.woff", cache, ["sans"], is_overtaken)
    assert (tmp_path / "a.woff").read_text() == (tmp_path / "b.woff").read_text() == "whole"
    assert len(list(cache.iterdir())) == 1


def test_what_fails_while_it_is_made_is_not_kept(tmp_path):
    def fail(path):
        path.write_text("half")
        raise OSError("disk full")

    target, cache = tmp_path / "font.woff", tmp_path / "cache"
    with pytest.raises(OSError, match="disk full"):
        write_kept(target, cache, ["sans"], fail)
    write_kept(target, cache, ["sans"], lambda path: path.write_text("whole"))
    assert target.read_text() == "whole"
