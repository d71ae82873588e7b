"""Remember what is wrong with each page, and warn of it in every build until it is fixed.

A page that didn't change is not read again, so a warning given while reading is given once: the
second build of a wrong book would be green. What is noted here is kept with the page instead.
"""

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)


def note_fault(env: BuildEnvironment, docname: str, line: int, message: str) -> None:
    """Remember a fault of a page; the build warns of it, as ``file:line``, when all are read.

    The line is counted from 1; the message says what is wrong and what to do about it.
    """
    _faults(env).setdefault(docname, set()).add((line, message))


def _faults(env: BuildEnvironment) -> dict[str, set[tuple[int, str]]]:
    return vars(env).setdefault("page_faults", {})  # Sphinx keeps it with what it read


def _forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _faults(env).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, docnames, other: BuildEnvironment) -> None:
    _faults(env).update(_faults(other))


def _warn(app: Sphinx, env: BuildEnvironment) -> None:
    for docname, faults in sorted(_faults(env).items()):
        for line, message in sorted(faults):
            LOGGER.warning(message, location=(docname, line), type="book")
    vars(app)["page_faults_told"] = True


def _warn_after_crash(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None and not getattr(app, "page_faults_told", False):
        _warn(app, app.env)
