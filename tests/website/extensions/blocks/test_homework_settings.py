"""Due date and seed reach every page from the front matter, or the build says why not."""

from types import SimpleNamespace

import pytest
from sphinx.errors import ConfigError

from website.extensions.blocks.homework_settings import _set_substitutions

HEADER = """\
---
homework:
  due: 3 March 2027
  id: small
  points: 1
  seed: 7
  solutions: hidden
  title: A small homework
---
"""


@pytest.fixture
def app(tmp_path):
    """Return what the extension asks of a build."""
    (tmp_path / "homework.md").write_text(HEADER, encoding="utf-8")
    config = SimpleNamespace(homework_master="homework.md", myst_substitutions={"other": "kept"})
    return SimpleNamespace(srcdir=tmp_path, config=config)


def test_due_date_and_seed_are_those_of_the_front_matter(app):
    _set_substitutions(app, app.config)
    expected = {"other": "kept", "due_date": "3 March 2027", "seed": "7"}
    assert app.config.myst_substitutions == expected


def test_missing_master_is_named_with_the_remedy(app):
    app.config.homework_master = "elsewhere.md"
    with pytest.raises(ConfigError, match=r"elsewhere\.md is not there: `homework_master`"):
        _set_substitutions(app, app.config)


def test_faulty_front_matter_is_named_with_its_line(app):
    path = app.srcdir / "homework.md"
    path.write_text(HEADER.replace("seed: 7", "seed: seven"), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"homework\.md:6: the setting `seed`"):
        _set_substitutions(app, app.config)
