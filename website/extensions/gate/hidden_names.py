"""Find names that a visible cell takes from a hidden one.

Cells tagged `remove-cell` glue values into the text. They are left out of the notebooks that
readers download, so a visible cell that needs a name from one of them fails there.
"""

from website.extensions.text.names import names_in
from website.extensions.text.page import Page


def hidden_name_faults(page: Page) -> list[tuple[int, str]]:
    """Return the visible cells of a chapter that use a name which only a hidden cell defines.

    Each is the cell's line, counted from 1, and what to do.
    """
    cells = [(cell, names_in(cell.source)) for cell in page.cells]
    shown = {name for cell, names in cells if not cell.removed for name in names.made}
    hidden = {name for cell, names in cells if cell.removed for name in names.made} - shown
    faults = []
    for cell, names in cells:
        missing = ", ".join(sorted(names.used & hidden))
        if missing and not cell.removed:
            message = f"this cell uses {missing}, which only a cell tagged remove-cell defines: "
            faults.append((cell.line, message + "define it where readers of the download see it"))
    return faults
