"""Find in a submission what no answer to this homework needs, for the instructor to look at.

This reads the text alone, so nothing that the code does can hide what is written there; code that
hides its words is left to the worker, which notes what it tries (`worker.ALARMS`). An honest
notebook can be flagged, and no points depend on it.
"""

import re
from collections.abc import Iterator

from homework_tools.words.translator import gettext

IMPORTS = re.compile(r"\b(?:import|from)[ \t]+([^\n#;]*)")
MODULES = {
    "the network": "socket ssl urllib urllib3 http requests httpx aiohttp ftplib smtplib xmlrpc",
    "processes": "subprocess multiprocessing threading _thread concurrent pty",
    "Python's own parts": "gc ctypes cffi inspect builtins importlib marshal pickle "
    "homework_tools rnaseq_hw",
}
MODULES = {name: what for what, names in MODULES.items() for name in names.split()}
PLAIN = "init|name|main|doc|version|file|future|repr|str|len|all|author"
SIGNS = {
    "processes": r"\bos\.(?:fork|forkpty|system|popen|exec|spawn|posix_spawn|kill|abort|_exit)",
    "Python's own parts": rf"__(?!(?:{PLAIN})__)[a-z]{{1,30}}__"
    r"|\bsys\.(?:modules|_getframe|_current_frames|settrace|setprofile|meta_path)\b"
    r"|\bos\.(?:write|dup|dup2|pipe|fdopen)\b|(?<![\w.])(?:eval|exec|compile|globals)\(",
    "a changed library": r"\b(?:np|numpy|pd|pandas|scipy)\.(?!options\b)\w{1,30}[ \t]?=(?!=)",
    "a table of its own kind": r"\bclass[ \t]\w{1,60}\((?:\w{1,20}\.)?(?:DataFrame|Series)\b",
}
PATTERNS = {what: re.compile(sign) for what, sign in SIGNS.items()}


def unusual(cells: tuple[tuple[int, str], ...]) -> Iterator[str]:
    """Yield a note for each kind of thing that is there, with its first place.

    It says in which cell that is, and the words that say so.
    """
    found: dict[str, str] = {}
    for number, source in cells:
        imported = re.findall(r"\w+", " ".join(IMPORTS.findall(source)))
        signs = [(MODULES[name], name) for name in imported if name in MODULES]
        signs += [(what, match[0]) for what in SIGNS if (match := PATTERNS[what].search(source))]
        for what, words in signs:
            note = gettext("look at its code: cell {number} has to do with {what} (`{words}`)")
            note = note.format(number=number, what=gettext(what), words=words)
            found.setdefault(what, note)
    yield from found.values()
