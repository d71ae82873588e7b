"""Write the homework for nbgrader and for Otter Assign, for those who grade there."""

import nbformat
from nbformat.v4 import new_notebook

from homework_tools.exports import nbgrader, otter

KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}


def write_exports(master, folder):
    """Write the homework for nbgrader and for Otter Assign.

    Parameters
    ----------
    master : Master
        The homework.
    folder : pathlib.Path
        Where to write: `nbgrader/` becomes a course directory, `otter/` holds one notebook.

    Returns
    -------
    list of pathlib.Path
        The files written.

    Raises
    ------
    MasterError
        If a hidden test cannot run alone.
    """
    name = master.settings.id
    course, for_otter = folder / "nbgrader", folder / "otter" / f"{name}.ipynb"
    source = course / "source" / name / f"{name}.ipynb"
    write_notebook(nbgrader.notebook_cells(master), source)
    write_notebook(otter.notebook_cells(master), for_otter)
    config = course / "nbgrader_config.py"
    config.write_text(nbgrader.course_config(master), encoding="utf-8", newline="\n")
    return [source, config, for_otter]


def write_notebook(cells, path):
    """Write cells as a notebook, the same bytes at each run."""
    for number, cell in enumerate(cells, start=1):
        cell["id"] = f"cell-{number}"
    notebook = new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    nbformat.validate(notebook)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
