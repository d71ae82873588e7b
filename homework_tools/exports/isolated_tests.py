"""Hidden tests as functions, for graders that run them in the student's own kernel.

A function leaves no name behind, and no name that a student happens to choose can disturb it:
what it takes from the student's notebook are its arguments.
"""

import ast
import builtins
import inspect
import re
import symtable
from functools import cache
from typing import cast

from homework_tools.master.master import MasterError


@cache
def defined(source):
    """Return the names that a piece of code defines or imports at its top level."""
    symbols = symtable.symtable(source, "<cell>", "exec").get_symbols()
    return {symbol.get_name() for symbol in symbols if symbol.is_assigned() or symbol.is_imported()}


@cache
def needed(source):
    """Return the names that a piece of code takes from elsewhere."""

    def read(table):
        top = table.get_type() == "module"
        symbols = [s for s in table.get_symbols() if s.is_referenced() and (top or s.is_global())]
        return {symbol.get_name() for symbol in symbols}.union(*map(read, table.get_children()))

    return read(symtable.symtable(source, "<cell>", "exec")) - defined(source) - set(dir(builtins))


@cache
def imports_of(source):
    """Return the lines by which a piece of code imports something."""
    found = [
        line for line in ast.parse(source).body if isinstance(line, ast.Import | ast.ImportFrom)
    ]
    return [ast.unparse(line) for line in found]


def on_copies(function):
    """Return a student's function as the tests call it: with copies of what they give it.

    So no test can be misled by a function that changes its arguments; what has become of the
    copies of the last call is in `given`.
    """
    import copy

    def call(*args, **kwargs):
        args, kwargs = copy.deepcopy((args, kwargs))
        call.given = [*args, *kwargs.values()]
        return function(*args, **kwargs)

    return call


def as_function(master, test, name):
    """Return a hidden test, with the setup before it, as a function.

    The function comes with a call of it. The imports of the given cells are repeated in it, and its
    arguments are the student's functions, called `on_copies`, and the given names that it uses.
    Raises MasterError if the test uses a name that only another hidden test defines.
    """
    setups = [c for c in master.code("hidden-setup") if c.question in ("", test.question)]
    body = "\n\n".join(cell.source for cell in [*setups, test])
    shared = "\n\n".join(c.source for c in master.cells if c.kind in ("given", "solution"))
    imports = [line for line in imports_of(shared) if defined(line) & needed(body)]
    taken = needed(body) - defined("\n".join(imports))
    if strangers := taken - defined(shared):
        raise MasterError(
            f"{'/'.join(master.path.parts[-2:])}:{test.line}: this hidden test uses"
            f" {', '.join(sorted(strangers))}, which neither it nor a hidden setup defines: a test"
            " must be able to run alone"
        )
    arguments = ", ".join(sorted(taken))
    asked = sorted(taken & master.question_of.keys())
    wrapped = [f"{each} = on_copies({each})" for each in asked]
    copying = [inspect.getsource(on_copies), *wrapped] if wrapped else []
    function = cast(ast.FunctionDef, ast.parse(f"def {name}({arguments}): pass").body[0])
    lines = [*imports, *(cell.source for cell in setups), *copying, test.source]
    function.body = ast.parse("\n".join(lines)).body
    return ast.unparse(function), f"{name}({arguments})"


@cache
def hidden_tests(master, question):
    """Return a question's hidden tests, each as its cell, its function and a call of it."""
    tests = master.code("hidden-test", question)
    name = re.sub(r"\W", "_", question)
    return tuple(
        (test, *as_function(master, test, f"test_{name}_{number}"))
        for number, test in enumerate(tests, start=1)
    )
