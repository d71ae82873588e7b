"""Read a page again when a text says something else: its own, or another page's that it shows.

Sphinx goes by the dates of files, and does not know what a page takes from others.
"""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

ASKED = "asked"  # of a page's metadata: the questions that it asked, with the answers
TEXT = "fingerprint"  # also of its metadata: the fingerprint of its own text


def ask(env: BuildEnvironment, name: str, question: Callable[[str], Any]) -> Any:
    """Return what the text of a page says.

    The page that is being read is read again as soon as the answer is another. `question` is a
    function of a module: it is kept with the page, by its name.
    """
    answer = question(_text(env, name))
    env.metadata[env.docname].setdefault(ASKED, {})[name, question] = answer
    return answer


def fingerprint(text: str) -> str:
    """Return what no other text has; its line ends count for nothing."""
    return sha256("\n".join(text.splitlines()).encode()).hexdigest()


def _text(env: BuildEnvironment, name: str) -> str:
    return Path(env.doc2path(name)).read_text(encoding="utf-8-sig")


def _note_text(app: Sphinx, docname: str, source: list[str]) -> None:
    app.env.metadata[docname][TEXT] = fingerprint(source[0])


def _read_again(app: Sphinx, env: BuildEnvironment, added, changed, removed) -> list[str]:
    """Return the pages with another text, and those that would get another answer, or none."""
    known, texts = env.metadata, {name: _text(env, name) for name in env.found_docs}
    others = {
        name for name, text in texts.items() if known.get(name, {}).get(TEXT) != fingerprint(text)
    }
    asking = [
        docname
        for docname, metadata in known.items()
        for (name, question), answer in metadata.get(ASKED, {}).items()
        if name not in texts or (name in others and question(texts[name]) != answer)
    ]
    return [*others, *asking]
