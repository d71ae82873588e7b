"""Warn of what is wrong with a page: in the gate's build each warning is an error.

A page that was read with a warning is read again by the next `make book`, which warns again.
"""

from docutils import nodes
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)


def warn(message: str, location: nodes.Element | tuple[str, int]) -> None:
    """Say what is wrong and what to do about it.

    The location is a node, or a page and its line, counted from 1.
    """
    LOGGER.warning(message, location=location, type="book")
