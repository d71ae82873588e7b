"""Run a cell as a notebook does, and hand over each output in the notebook's own form.

Runs in the page's Python; nothing of it needs a browser.
"""

import ast
import base64
import builtins
import functools
import gzip
import importlib
import io
import json
import keyword
import linecache
import re
import sys
import time
import traceback
import types
from importlib.machinery import PathFinder
from pathlib import Path

SPACE = sys.modules["__main__"].__dict__
SITE = Path(__file__).parent
MOST_CHARACTERS = 200_000  # of one cell's printed text: an endless loop must not fill the page
SECONDS_BETWEEN = 0.05  # printed text goes out together
SHARPNESS = 2  # a figure's own pixels for each pixel of the page


class Outputs:
    """What a cell gives: each output is sent as it comes, text in pieces."""

    def __init__(self, send):
        self._send, self._text, self._name = send, [], None
        self._sent, self._when = 0, 0.0

    def show(self, output):
        """Send an output after all the text that came before it."""
        self.flush()
        self._send(json.dumps(output))

    def write(self, name, text):
        """Take text of a stream."""
        if name != self._name:
            self.flush()
            self._name = name
        self._text.append(text)
        if time.monotonic() - self._when > SECONDS_BETWEEN:
            self.flush()

    def flush(self):
        """Send the text that waits."""
        text, self._text, self._when = "".join(self._text), [], time.monotonic()
        left = MOST_CHARACTERS - self._sent
        self._sent += len(text)
        if not text or left <= 0:
            return
        if len(text) > left:
            text = text[:left] + "\n[The rest of what this cell prints is not shown.]\n"
        self._send(json.dumps({"output_type": "stream", "name": self._name, "text": text}))


class Stream(io.TextIOBase):
    """Standard output or standard error while a cell runs."""

    def __init__(self, name, outputs):
        self.name, self._outputs = name, outputs

    def writable(self):
        """Say that text can be written."""
        return True

    def write(self, text):
        """Take text, and say how much."""
        self._outputs.write(self.name, text)
        return len(text)


def forms_of(value):
    """Return what a notebook shows of a value: text, and HTML where it has some."""
    forms = {"text/plain": repr(value)}
    html = None if isinstance(value, type) else getattr(value, "_repr_html_", None)
    text = html() if html else None
    return forms | ({"text/html": text} if text else {})


def describe(figure):
    """Return a figure's alternative text: its titles, its axes, and what is drawn on them."""
    words = []
    for axes in figure.axes:
        title = axes.get_title() or axes.get_title("left")
        labels = [
            f"{way} axis: {text}"
            for way, text in [("horizontal", axes.get_xlabel()), ("vertical", axes.get_ylabel())]
            if text
        ]
        legend = axes.get_legend()
        named = [text.get_text() for text in legend.get_texts()] if legend else []
        drawn = [
            ("point cloud", len(axes.collections)),
            ("line", len(axes.lines)),
            ("bar", len(axes.patches)),
            ("image", len(axes.images)),
        ]
        marks = [f"{count} {name}{'s' * (count > 1)}" for name, count in drawn if count]
        parts = [title, *labels, ", ".join(marks), "legend: " + ", ".join(named) if named else ""]
        words.append("; ".join(part for part in parts if part))
    text = ". ".join(part for part in words if part)
    return f"Figure. {text}." if text else "Figure without title or labels."


def show_figures(outputs):
    """Send the figures that a cell has drawn, and close them."""
    if "matplotlib.pyplot" not in sys.modules:
        return
    pyplot = sys.modules["matplotlib.pyplot"]
    for number in pyplot.get_fignums():
        figure, file = pyplot.figure(number), io.BytesIO()
        figure.savefig(file, format="png", dpi=figure.dpi * SHARPNESS, bbox_inches="tight")
        png = file.getvalue()
        width, height = (int.from_bytes(png[at : at + 4]) // SHARPNESS for at in (16, 20))
        text = describe(figure)
        outputs.show(
            {
                "output_type": "display_data",
                "data": {"image/png": base64.b64encode(png).decode(), "text/plain": text},
                "metadata": {"image/png": {"width": width, "height": height}, "alt": text},
            }
        )
    pyplot.close("all")


def is_cell(name):
    """Say whether a file's name is that of a cell."""
    return re.fullmatch(r"Cell \d+", name) is not None


def own_traceback(error):
    """Return the lines of a traceback that concern the student: own lines, and where it ended."""
    whole = traceback.TracebackException.from_exception(error)
    part, seen = whole, set()
    while part is not None and id(part) not in seen:
        seen.add(id(part))
        own = [frame for frame in part.stack if is_cell(frame.filename)]
        last = [part.stack[-1]] if part.stack and part.stack[-1] not in own else []
        part.stack[:] = own + last if own else []
        for name in ("__cause__", "__context__"):  # what a library did before it said so
            before = getattr(part, name)
            if before and not any(is_cell(frame.filename) for frame in before.stack):
                setattr(part, name, None)
        part = part.__cause__ or part.__context__
    return "".join(whole.format()).rstrip("\n").split("\n")


def run_cell(source, number, send):
    """Run a cell of code; return its error as JSON: null, or name and message.

    Tracebacks and results show its number. `send` gets each output, as JSON.
    """
    outputs, name, error = Outputs(send), f"Cell {number}", None
    linecache.cache[name] = len(source), None, source.splitlines(keepends=True), name
    sys.stdout, sys.stderr = Stream("stdout", outputs), Stream("stderr", outputs)

    def display(*values):
        for value in values:
            data = {"data": forms_of(value), "metadata": {}}
            outputs.show({"output_type": "display_data", **data})

    vars(builtins)["display"] = display
    try:
        tree = ast.parse(source, name)
        last = tree.body[-1] if tree.body else None
        shown = isinstance(last, ast.Expr) and not source.rstrip().endswith(";")
        if shown:
            tree.body.pop()
        exec(compile(tree, name, "exec"), SPACE)
        value = eval(compile(ast.Expression(last.value), name, "eval"), SPACE) if shown else None
        if value is not None:
            SPACE["_"] = value
            result = {"data": forms_of(value), "metadata": {}, "execution_count": number}
            outputs.show({"output_type": "execute_result", **result})
        show_figures(outputs)
    except BaseException as problem:
        error = {"ename": type(problem).__name__, "evalue": str(problem)}
        outputs.show({"output_type": "error", **error, "traceback": own_traceback(problem)})
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")
    finally:
        outputs.flush()
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    return json.dumps(error)


def complete(source, position):
    """Return, as JSON, where the word before a position begins, and what names it could become.

    Nothing is imported for it, and no attribute is computed but those that are written out.
    """
    line = source[:position].rpartition("\n")[2]
    place, word = re.findall(r"(?:(?<![\w.\])])([^\W\d][\w.]*)\.)?(\w*)$", line)[0]
    imported = re.match(r"\s*from\s+([\w.]+)\s+import\b", line)
    try:
        if place:
            names = _offered(functools.reduce(getattr, place.split(".")[1:], _global(place)))
        elif line.removesuffix(word).endswith("."):
            names = []  # after a call, say: what it returns is not known
        elif imported:
            names = _offered(sys.modules[imported[1]])
        else:
            names = {*SPACE, *dir(builtins), *keyword.kwlist}
    except Exception:  # whatever an object's own code raises
        names = []
    shown = {name for name in names if word.startswith("_") or not name.startswith("_")}
    return json.dumps({"from": position - len(word), "names": sorted(shown)})


def _offered(value):
    public = getattr(value, "__all__", None) if isinstance(value, types.ModuleType) else None
    return public or dir(value)


def _global(place):
    name = place.partition(".")[0]
    return SPACE[name] if name in SPACE else vars(builtins)[name]


class Fetcher:
    """Fetches the bundle that holds a module, when no bundle that is there does."""

    def __init__(self, owners, there, fetch):
        self._owners, self._there, self._fetch = owners, set(there), fetch

    def find_spec(self, name, path=None, target=None):
        """Return where a module is, once its bundle is there; None if no bundle has it."""
        bundle = self._owners.get(name) or self._owners.get(name.partition(".")[0])
        if bundle is None or bundle in self._there:
            return None
        self._there.add(bundle)
        content = gzip.decompress(self._fetch(bundle).to_bytes())
        at = 4 + int.from_bytes(content[:4], "little")
        for inner, length in json.loads(content[4:at]):
            file = SITE / inner
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content[at : at + length])
            at += length
        importlib.invalidate_caches()
        return PathFinder.find_spec(name, path)


def fetch_when_asked(owners, there, fetch):
    """Let an import fetch what is not there: `fetch` returns a bundle by its name."""
    sys.meta_path.append(Fetcher(json.loads(owners), json.loads(there), fetch))
