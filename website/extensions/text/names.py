"""The names that a cell's code makes and uses, and the modules that it imports."""

import ast
from dataclasses import dataclass


@dataclass(frozen=True)
class Names:
    """What a cell has to do with others."""

    made: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()  # the top modules of its imports


def names_in(source: str) -> Names:
    """Return the names in a cell's code; none if it isn't Python, such as a magic."""
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError:
        return Names()
    names = [node for node in nodes if isinstance(node, ast.Name)]
    made = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    made |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    modules = set()
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            made |= {(each.asname or each.name).partition(".")[0] for each in node.names}
        if isinstance(node, ast.Import):
            modules |= {each.name.partition(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules.add(node.module.partition(".")[0])
    used = {node.id for node in names if isinstance(node.ctx, ast.Load)}
    return Names(frozenset(made), frozenset(used), frozenset(modules))
