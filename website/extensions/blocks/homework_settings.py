"""Let pages write {{ due_date }} and {{ seed }}: both stand in the homework's front matter."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ConfigError

from homework_tools.master.master import MasterError
from homework_tools.master.read import read_settings


def setup_homework_settings(app: Sphinx) -> None:
    """Read the due date and the seed before any page is read."""
    app.add_config_value("homework_master", "homework/homework.md", "env", types=[str])


def master_path(app: Sphinx) -> Path:
    """Return the homework's master, which `homework_master` in `_config.yml` names."""
    return Path(app.srcdir, app.config.homework_master)


def _set_substitutions(app: Sphinx, config) -> None:
    path = master_path(app)
    if not path.is_file():
        raise ConfigError(
            f"{path} is not there: `homework_master` in _config.yml must name the file whose "
            "front matter holds the due date and the seed"
        )
    try:
        settings = read_settings(path)
    except MasterError as error:
        raise ConfigError(str(error)) from error
    config.myst_substitutions = {
        **(config.myst_substitutions or {}),
        "due_date": settings.due,
        "seed": str(settings.seed),
    }
