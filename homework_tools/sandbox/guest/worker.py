"""Run one submission's functions, asked by the grader; this side holds no tests.

Started in an empty folder, where nothing else of the project is. Only definitions, imports and
constants of the submission run. Requests and answers are the typed JSON of `codec`.
"""

import ast
import builtins
import dis
import io
import json
import os
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import CodeType
from typing import Any

from . import codec, no_plots

DEFINITIONS = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
FILE_NAME = re.compile(r"[A-Za-z0-9_][\w-]{0,60}\.(csv|txt|tsv)")
MAX_FILES, MAX_FILE_BYTES = 20, 2**18
IPYTHON = re.compile(r"\s*(?:[\w.,][\w.,\s]*=\s*)?[%!]|.*\?\s*$")  # a line of its own commands
PYTHON_MAGICS = ("capture", "prun", "time")  # below such a first line a cell is plain Python
BLOCKED = ("rnaseq_hw", "homework_tools")  # the solutions, where they happen to be installed

# What Python reports of a program ("audit events"), and what the instructor is told of it.
STARTERS = ("fork", "forkpty", "exec", "posix_spawn", "spawn", "system", "startfile")
ALARMS = {f"os.{name}": "tried to start a process" for name in STARTERS}
ALARMS |= {
    "subprocess.Popen": "tried to start a process",
    "_thread.start_new_thread": "tried to start a thread",
    "os.kill": "tried to end a process",
    "os.killpg": "tried to end a process",
    "gc.get_objects": "searched the memory",
    "gc.get_referrers": "searched the memory",
    "sys._current_frames": "searched the memory",
}
NETWORK = ("connect", "bind", "sendto", "sendmsg", "getaddrinfo", "gethostbyname", "__new__")
ALARMS |= {f"socket.{name}": "tried to use the network" for name in NETWORK}


def kept(node: ast.stmt) -> bool:
    """Say whether a statement runs for grading: a definition, an import or a plain constant."""
    if isinstance(node, DEFINITIONS):
        return True
    if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node.value is None:
        return False
    if isinstance(node.value, (ast.Lambda, ast.Name)):  # another way to define a function
        return True
    try:
        ast.literal_eval(node.value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True


def statements(source: str) -> list[ast.stmt]:
    """Return a cell's statements; lines of IPython's own commands are passed over."""
    if magic := re.match(r"\s*%%(\w+).*", source):
        if magic[1] not in PYTHON_MAGICS:
            return []
        source = "\n" * source.count("\n", 0, magic.end()) + source[magic.end() :]
    try:
        return ast.parse(source).body
    except SyntaxError:
        lines = source.split("\n")
        plain = ["" if IPYTHON.match(line) else line for line in lines]
        return ast.parse("\n".join(plain)).body


def needs_results(node: ast.stmt) -> bool:
    """Say whether a line may use a result, which no run computes: `a = result`, `result[0] = 1`."""
    targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
    parts = [part for target in targets for part in ast.walk(target)]
    changes = any(isinstance(part, (ast.Attribute, ast.Subscript)) for part in parts)
    return changes or isinstance(getattr(node, "value", None), ast.Name)


def signature(node: ast.FunctionDef) -> str:
    """Return a function's arguments and defaults, without what is said of their types."""
    for part in ast.walk(node.args):
        if isinstance(part, ast.arg):
            part.annotation = None
    return ast.unparse(node.args)[:200]


def load(cells: list[list], names: dict[str, Any]) -> dict:
    """Run the definitions of numbered cells; return what is defined and what went wrong."""
    faults, signatures, reads = [], {}, {}
    for number, source in cells:
        try:
            body = statements(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            line = getattr(error, "lineno", None)
            faults.append({"kind": "SyntaxError", "cell": number, "line": line})
            continue
        for node in filter(kept, body):
            try:
                code = compile(ast.Module([node], []), f"<cell {number}>", "exec")
                exec(code, names)
                if isinstance(node, ast.FunctionDef):
                    signatures[node.name] = signature(node)
                    reads[node.name] = list(names_read(code))
            except BaseException as error:
                if not needs_results(node):
                    faults.append(fault(error))
    defined = [name for name, value in names.items() if callable(value)]
    unset = {name: names_without_value(name, reads, names) for name in list(reads)[:1000]}
    return {
        "faults": faults[:50],
        "defined": defined[:1000],
        "signatures": signatures,
        "unset": unset,
    }


def names_read(code: CodeType) -> Iterator[str]:
    """Yield the names that functions in this code take from outside of them."""
    for step in dis.get_instructions(code):
        if step.opname == "LOAD_GLOBAL":
            yield step.argval
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from names_read(part)


def names_without_value(function: str, reads: dict[str, list[str]], names: dict) -> list[str]:
    """Return the names that a function needs, by way of others too, and that nothing defines."""
    needed, todo = {}, [function]
    while todo:
        for name in reads.get(todo.pop(), []):
            if name not in needed:
                needed[name] = None
                todo.append(name)
    return [name for name in needed if name not in names and not hasattr(builtins, name)][:20]


def fault(error: BaseException) -> dict:
    """Return what kind of error it is and where in the notebook it arose.

    The message is for the instructor alone: it may hold data that the student must not see.
    """
    frames = traceback.extract_tb(error.__traceback__)
    places = [(re.match(r"<cell (\d+)>", frame.filename), frame.lineno) for frame in frames]
    cell, line = next(((int(m[1]), n) for m, n in reversed(places) if m), (None, None))
    kinds = [re.sub(r"\W", "", kind.__name__)[:60] for kind in type(error).__mro__[:10]]
    message = ""
    with suppress(Exception):
        message = codec.encode(str(error))[:500]
    return {"kind": kinds[0], "kinds": kinds, "cell": cell, "line": line, "message": message}


def call(names: dict[str, Any], request: dict) -> dict:
    """Call one function, and return its result, its changed arguments and the files it wrote."""
    write_files(request["files"])
    given = [*request["args"], *request["kwargs"].values()]
    values = [codec.decode(value) for value in given]
    count = len(request["args"])
    keywords = dict(zip(request["kwargs"], values[count:], strict=True))
    result = names[request["function"]](*values[:count], **keywords)
    reply = {"value": codec.encode(result), "files": read_files(), "changed": {}}
    for number, (value, before) in enumerate(zip(values, given, strict=True)):
        after = codec.encode(value)
        if after != before and repr(after) != repr(before):  # NaN is equal to itself by its text
            reply["changed"][str(number)] = after
    return reply


def read_files() -> dict[str, str]:
    """Return the small text files of the current folder, by name."""
    found = {}
    for path in sorted(Path().iterdir()):
        plain = FILE_NAME.fullmatch(path.name) and path.is_file() and not path.is_symlink()
        if plain and len(found) < MAX_FILES and path.stat().st_size <= MAX_FILE_BYTES:
            with suppress(UnicodeDecodeError, OSError):
                found[path.name] = path.read_bytes().decode("utf-8-sig")
    return found


def write_files(files: dict[str, str]) -> None:
    """Make the small text files of the current folder what they are said to be."""
    for path in list(Path().iterdir()):
        folder = path.is_dir() and not path.is_symlink()
        if FILE_NAME.fullmatch(path.name) and path.name not in files and not folder:
            path.unlink()
    for name, content in files.items():
        if not FILE_NAME.fullmatch(name) or len(content) > MAX_FILE_BYTES:
            raise codec.CodecError("a file that may not cross")
        Path(name).write_bytes(content.encode("utf-8"))


def serve(stream: codec.Stream) -> None:
    """Answer requests until the other side closes."""
    no_plots.install()
    for name in BLOCKED:
        sys.modules[name] = None  # ty: ignore[invalid-assignment]
    alarms: set[str] = set()
    sys.addaudithook(lambda event, _: alarms.add(ALARMS[event]) if event in ALARMS else None)
    names: dict[str, Any] = {"__name__": "__submission__"}
    names["display"] = no_plots.Nothing("display")  # every notebook has it
    reply: dict[str, Any]
    while True:
        request = codec.read_message(stream)
        try:
            if request["do"] == "load":
                reply = load(request["cells"], names)
            else:
                reply = call(names, request)
        except BaseException as error:
            reply = {"fault": fault(error)}
        reply["alarms"] = sorted(alarms)
        try:
            codec.write_message(stream, reply)
        except codec.CodecError as error:
            too_large = {**fault(error), "kind": "ResultTooLarge"}
            codec.write_message(stream, {"fault": too_large, "alarms": sorted(alarms)})


def moved_streams() -> io.BufferedRWPair:
    """Return standard input and output as one stream, moved out of reach of `print`."""
    streams = io.FileIO(os.dup(0), "rb"), io.FileIO(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    return io.BufferedRWPair(*streams)


def silence() -> None:
    """Send whatever is printed nowhere, however much it is."""
    for name in ("stdout", "stderr"):
        setattr(sys, name, open(os.devnull, "w", encoding="utf-8", errors="replace"))  # noqa: SIM115


def main() -> None:
    """Serve over standard input and output, in a process of its own."""
    stream = moved_streams()
    silence()
    os.chdir(sys.argv[1])
    filtered = False
    with suppress(ImportError):  # not on Windows
        from . import confine

        confine.drop_privileges()
        confine.limit_resources(**json.loads(sys.argv[2]))
        filtered = confine.forbid_calls()
    with suppress(EOFError):
        codec.write_message(stream, {"has_namespaces": False, "filtered": filtered})
        serve(stream)
    os._exit(0)
