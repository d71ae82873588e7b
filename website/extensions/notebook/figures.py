"""Let the cells draw in the page's own face, at one size, and keep the lighter form of a figure.

A kernel finds its settings in two folders that variables name. Each figure comes as PNG and as SVG:
the SVG stays where it has few marks, and is sharp at any size.
"""

import gzip
import re
from pathlib import Path

from nbformat import NotebookNode

from website.extensions.finish.text_fonts import SANS, open_face, rename

KERNEL = """\
c = get_config()
c.InlineBackend.figure_formats = {"png", "svg"}
c.InlineBackend.print_figure_kwargs = {"bbox_inches": None}  # all figures have the same width
"""
FACE = "Source Sans 3"
LETTERS = [*range(0x20, 0x180), *range(0x2010, 0x2040), *range(0x2190, 0x2194), 0x2212]
WEBP = 0.6  # of a PNG's size, more or less
MOST_MARKS = 3_000  # a phone takes half a second to lay out twice as many
DIGITS = re.compile(r"\b([1-9]\d*\.\d\d)\d+")  # a hundredth of a point is enough
METADATA = re.compile(r"\s*<metadata>.*?</metadata>|<!--.*?-->\s*", re.S)


def write_settings(folder: Path) -> dict[str, str]:
    """Write the settings of kernels and of Matplotlib; return the variables that name them.

    The style is that of the running Python, in the page's face.
    """
    import matplotlib as mpl
    from matplotlib import font_manager

    profile, settings = folder / "ipython" / "profile_default", folder / "matplotlib"
    profile.mkdir(parents=True, exist_ok=True)
    settings.mkdir(exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(KERNEL, encoding="utf-8")
    with open_face(SANS, "normal", 400, LETTERS) as face:
        rename(face, FACE)
        face.flavor = None
        face.save(settings / "text.ttf")
    # a list of fonts that is there already is taken as it is, which saves a search of the machine
    known = font_manager.fontManager
    known.ttflist = [font for font in known.ttflist if font.name != FACE]
    known.addfont(settings / "text.ttf")
    version = font_manager.FontManager.__version__
    font_manager.json_dump(known, settings / f"fontlist-v{version}.json")
    style = Path(mpl.matplotlib_fname()).read_text(encoding="utf-8")
    own = settings / "matplotlibrc"
    if own != Path(mpl.matplotlib_fname()):  # else an earlier build of this process has written it
        own.write_text(f"{style}\nfont.family: {FACE}, DejaVu Sans\n", encoding="utf-8")
    names = {"IPYTHONDIR": profile.parent, "MPLCONFIGDIR": settings, "MATPLOTLIBRC": own}
    return {name: str(path) for name, path in names.items()}


def keep_lighter(notebook: NotebookNode) -> None:
    """Drop the heavier form of each figure that comes as PNG and as SVG."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if not {"image/png", "image/svg+xml"} <= set(data):
                continue
            svg = METADATA.sub("", DIGITS.sub(r"\1", "".join(data["image/svg+xml"])))
            png = len("".join(data["image/png"])) * 3 / 4  # it is in base 64
            few = svg.count("<use ") <= MOST_MARKS
            if few and len(gzip.compress(svg.encode())) < WEBP * png:
                data["image/svg+xml"] = svg
                del data["image/png"]
            else:
                del data["image/svg+xml"]
