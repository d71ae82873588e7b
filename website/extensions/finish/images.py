"""Show the figures of finished pages that are PNG as lossless WebP, and all with their size.

Cells, notebooks and the gate's checks know PNG only, and so do the cards of social networks.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from PIL import Image

from website.extensions.finish.kept import write_kept

IMAGE = re.compile(
    r'<img\b(?![^>]*\bwidth=)[^>]*\bsrc="([^":?]+\.(?:png|webp)|[^":?]*_images/[^":?]+\.svg)"'
    r"[^>]*?(?=\s*/?>)"
)
SVG_SIZE = re.compile(r'<svg\b[^>]*? width="([\d.]+)pt" height="([\d.]+)pt"')
DOTS = 240 / 72  # figure.dpi of book/matplotlibrc
FIGURE = re.compile(r'(?<=")([^":?]*_images/[^":?/]+)\.png(?=")')


def write_webp(folder: Path, cache: Path) -> None:
    """Put a lossless WebP in the place of each PNG of a folder.

    `cache` keeps each WebP for the next build.
    """
    with ThreadPoolExecutor() as pool:
        list(pool.map(partial(_convert, cache=cache), folder.glob("*.png")))


def _convert(png: Path, cache: Path) -> None:
    def make(path):
        with Image.open(png) as image:
            image.save(path, "WEBP", lossless=True, exact=True)

    write_kept(png.with_suffix(".webp"), cache, [png], make)
    png.unlink()


def webp_figures(html: str, folder: Path) -> str:
    """Return a page that names the WebP of each figure that has become one.

    `folder` is the page's, from which its images are named.
    """

    def name_webp(figure):
        webp = f"{figure[1]}.webp"
        return webp if (folder / unquote(webp)).is_file() else figure[0]

    return FIGURE.sub(name_webp, html)


def _size(path: Path) -> tuple[int, int] | None:
    """Return a figure's width and height; those of an SVG are what a PNG of it would have.

    There are none of a file that is missing, as Sphinx has said, nor of an SVG in other units.
    """
    if not path.is_file():
        return None
    if path.suffix == ".svg":
        points = SVG_SIZE.search(path.read_text(encoding="utf-8"))
        return points and (round(float(points[1]) * DOTS), round(float(points[2]) * DOTS))
    with Image.open(path) as image:
        return image.size


def sized_images(html: str, folder: Path) -> str:
    """Return a page whose figures have their size, so that no text moves when they arrive.

    A figure is fetched when the reader comes near to it: on every page words come first.
    """

    def add_size(found):
        size = _size(folder / unquote(found[1]))
        if size is None:
            return found[0]
        return f'{found[0]} width="{size[0]}" height="{size[1]}" loading="lazy"'

    return IMAGE.sub(add_size, html)
