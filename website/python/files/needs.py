"""Say which bundles cells will need, by reading what they import and which functions they name."""

import ast
from functools import cache

from website.python.files.pack import BUNDLES, package_folder

PACKAGE = "rnaseq_hw"
DRAWING = {"plot", "hist", "boxplot"}  # methods of pandas that draw by Matplotlib
IMPORTED = {"matplotlib": "plot", "PIL": "plot", "scipy": "scipy", "rnaseq_hw.datasets": "data"}


def bundles_for(sources: list[str]) -> list[str]:
    """Return the bundles that these cells will import from.

    `base` is always one of them. What can't be read as Python counts for nothing: a page fetches a
    bundle that it meets unforeseen.
    """
    modules = functions()
    wanted = set()
    for tree in filter(None, map(_tree, sources)):
        for node in ast.walk(tree):
            name = getattr(node, "attr", getattr(node, "id", getattr(node, "name", None)))
            if name in modules:
                wanted |= _bundles_of_module(modules[name])
            if isinstance(node, ast.Attribute) and name in DRAWING:
                wanted.add("plot")
        wanted |= _bundles_of(imported(tree))
    return ["base", *(name for name in [*BUNDLES, "data"] if name in wanted)]


@cache
def functions() -> dict[str, str]:
    """Return the module of each public function, as the package names them for type checkers."""
    tree = ast.parse((package_folder() / "__init__.py").read_text(encoding="utf-8"))
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    ours = [node for node in froms if str(node.module).startswith(f"{PACKAGE}.")]
    return {name.name: str(node.module) for node in ours for name in node.names}


def imported(tree: ast.AST) -> set[str]:
    """Return the modules that code imports."""
    nodes = list(ast.walk(tree))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


@cache
def _bundles_of_module(module: str) -> set[str]:
    path = package_folder() / f"{module.removeprefix(f'{PACKAGE}.')}.py"
    names = imported(ast.parse(path.read_text(encoding="utf-8")))
    inner = [name for name in names if name.startswith(f"{PACKAGE}._")]
    return _bundles_of({module, *names}).union(*map(_bundles_of_module, inner))


def _bundles_of(modules: set[str]) -> set[str]:
    tops = modules | {name.partition(".")[0] for name in modules}
    return {bundle for name, bundle in IMPORTED.items() if name in tops}


def _tree(source: str) -> ast.AST | None:
    try:
        return ast.parse(source)
    except SyntaxError:
        return None
