"""Say which bundles cells will need, by the modules and functions that they name."""

import ast
import re
from functools import cache

from rnaseq_hw import _MODULES
from website.python.files.pack import BUNDLES, package_folder

NAMED = {  # modules, and methods of pandas that draw by Matplotlib
    **dict.fromkeys(("matplotlib", "PIL", "plot", "hist", "boxplot"), "plot"),
    "scipy": "scipy",
    "rnaseq_hw.datasets": "data",
}


def bundles_for(sources: list[str]) -> list[str]:
    """Return the bundles that these cells will import from.

    `base` is always one of them. A name counts wherever it is written; a page fetches a bundle that
    it meets unforeseen.
    """
    words = set(re.findall(r"\w+", "\n".join(sources)))
    modules = {f"rnaseq_hw.{module}" for name, module in _MODULES.items() if name in words}
    wanted = _bundles_of(words).union(*map(_bundles_of_module, modules))
    return ["base", *(name for name in [*BUNDLES, "data"] if name in wanted)]


@cache
def _bundles_of_module(module: str) -> set[str]:
    path = package_folder() / f"{module.removeprefix('rnaseq_hw.')}.py"
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    inner = [name for name in names if name.startswith("rnaseq_hw._")]
    return _bundles_of({module, *names}).union(*map(_bundles_of_module, inner))


def _bundles_of(names: set[str]) -> set[str]:
    tops = names | {name.partition(".")[0] for name in names}
    return {bundle for name, bundle in NAMED.items() if name in tops}
