"""Due date and seed reach every page from course.yml, or the build says why not."""

import re
from types import SimpleNamespace

import pytest
from sphinx.errors import ConfigError

from website.extensions.blocks.homework_settings import _set_substitutions

HEADER = """\
---
homework:
  id: small
  points: 1
---
"""
COURSE = """\
title: A small homework
due: 2027-03-03 12:00 +00:00
seed: 7
"""


@pytest.fixture
def app(tmp_path):
    """Return what the extension asks of a build."""
    (tmp_path / "homework").mkdir()
    (tmp_path / "homework" / "homework.md").write_text(HEADER, encoding="utf-8")
    (tmp_path / "course.yml").write_text(COURSE, encoding="utf-8")
    config = SimpleNamespace(
        myst_substitutions={"other": "kept"},
        external_toc_path="_toc.yml",
    )
    return SimpleNamespace(srcdir=tmp_path, config=config)


def test_title_due_date_and_seed_are_those_of_the_course(app):
    _set_substitutions(app, app.config)
    expected = {
        "other": "kept",
        "title": "A small homework",
        "due_date": "3 March 2027, 12:00 UTC",
        "seed": "7",
    }
    assert app.config.myst_substitutions == expected


def test_total_of_the_times_is_that_of_the_chapters(app):
    toc = "parts:\n  - caption: The homework\n    chapters: [{file: a}, {file: b}, {file: c}]\n"
    (app.srcdir / "_toc.yml").write_text(toc, encoding="utf-8")
    for name, words in {"a": "about 45 minutes", "b": "about 50 minutes", "c": "soon"}.items():
        (app.srcdir / f"{name}.md").write_text(f"Time\n: {words}\n", encoding="utf-8")
    _set_substitutions(app, app.config)
    assert app.config.myst_substitutions["hours_homework"] == "1.5 hours"
    (app.srcdir / "own.yml").write_text("parts: []\n", encoding="utf-8")
    app.config.external_toc_path = "own.yml"  # the part is off
    _set_substitutions(app, app.config)
    assert app.config.myst_substitutions["hours_homework"] == "0 hours"


def test_missing_master_is_named(app):
    (app.srcdir / "homework" / "homework.md").unlink()
    with pytest.raises(ConfigError, match=r"homework\.md"):
        _set_substitutions(app, app.config)


def test_faulty_front_matter_is_named_with_its_line(app):
    path = app.srcdir / "homework" / "homework.md"
    path.write_text(HEADER.replace("points: 1", "points: one"), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"homework\.md:4: the setting `points`"):
        _set_substitutions(app, app.config)


@pytest.mark.parametrize("year", [1999, 2999])
def test_build_says_in_one_line_that_the_due_date_has_passed(app, year, capsys):
    path = app.srcdir / "course.yml"
    path.write_text(COURSE.replace("2027", str(year)), encoding="utf-8")
    _set_substitutions(app, app.config)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == (year == 1999)
    assert all(re.match(r"The homework was due on 3 March 1999", line) for line in lines)
