"""Put the lab's browser code into the site: one classic script, and a stylesheet.

The sources are the modules in `website/lab/`. A page that is opened from a disk may not load
modules, so the build strings them together: `import`, `export`, comments and spaces go, and the
modules that compute stand in a function, whose text a worker runs as well. `const` becomes `let`,
which is shorter. Nothing else is changed.
"""

import re
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

SOURCES = Path(__file__).resolve().parents[2] / "lab"
ENGINE = ("engine/random", "engine/ttest", "engine/simulation")
PAGE = (
    "elements plot binomial sentences decisions panels gene_reader views settings controls"
    " experiments runner lab address page"
)
PAGE = tuple(f"page/{name}" for name in PAGE.split())
SCRIPT, STYLE = "lab/lab.js", "lab/lab.css"


def bundle(sources: Path = SOURCES) -> str:
    """Return the script: every module of the lab in one function.

    Parameters
    ----------
    sources : Path
        The folder of the modules.

    Returns
    -------
    str
        JavaScript without `import`, `export` and comments, for a plain `<script>`.
    """
    engine = [_module(sources / f"{name}.mjs") for name in ENGINE]
    names = re.findall(r"(?m)^export (?:function\*?|class|const) (\w+)", _texts(sources, ENGINE))
    page = [_module(sources / f"{name}.mjs") for name in PAGE]
    used = [name for name in names if re.search(rf"\b{name}\b", "".join(page))]
    shared = f"{{ {', '.join(used)} }}"
    computing = "\n".join(["function engine() {", *engine, f"return {shared};", "}"])
    start = ["(() => {", '"use strict";', computing, "const engineText = String(engine);"]
    whole = jsmin("\n".join([*start, f"const {shared} = engine();", *page, "})();", ""]))
    return re.sub(r"\bconst\b", "let", whole)


def stylesheet(sources: Path = SOURCES) -> str:
    """Return the lab's styles, without comments and without spaces that mean nothing."""
    return cssmin((sources / "page" / "lab.css").read_text(encoding="utf-8"))


def write_files(folder: Path) -> None:
    """Write script and stylesheet into a site's folder of static files.

    Parameters
    ----------
    folder : Path
        The folder, `_static`.
    """
    for name, text in ((SCRIPT, bundle()), (STYLE, stylesheet())):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def _texts(sources: Path, names: tuple[str, ...]) -> str:
    return "\n".join((sources / f"{name}.mjs").read_text(encoding="utf-8") for name in names)


def _module(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"(?ms)^import .*?;\n", "", text)
    return re.sub(r"(?m)^export ", "", text)
