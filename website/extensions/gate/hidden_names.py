"""Find names that a visible cell takes from a hidden one.

Cells tagged `remove-cell` glue values into the text. They are left out of the notebooks that
readers download, so a visible cell that needs a name from one of them fails there.
"""

import ast

from website.extensions.text.page import CodeCell, Page


def hidden_name_faults(page: Page) -> list[tuple[int, str]]:
    """Return the visible cells of a chapter that use a name which only a hidden cell defines.

    Each is the cell's line, counted from 1, and what to do.
    """
    cells = [(cell, *_names(cell)) for cell in page.cells]
    shown = {name for cell, stored, _ in cells if not cell.removed for name in stored}
    hidden = {name for cell, stored, _ in cells if cell.removed for name in stored} - shown
    faults = []
    for cell, _, loaded in cells:
        if not cell.removed and loaded & hidden:
            names = ", ".join(sorted(loaded & hidden))
            message = f"this cell uses {names}, which only a cell tagged remove-cell defines: "
            faults.append((cell.line, message + "define it where readers of the download see it"))
    return faults


def _names(cell: CodeCell) -> tuple[set[str], set[str]]:
    """Return the names that a cell stores, and those that it loads."""
    try:
        nodes = list(ast.walk(ast.parse(cell.source)))
    except SyntaxError:  # a magic, or a fault that the build itself tells
        return set(), set()
    names = [node for node in nodes if isinstance(node, ast.Name)]
    stored = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            stored |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            stored.add(node.name)
    return stored, {node.id for node in names if isinstance(node.ctx, ast.Load)}
