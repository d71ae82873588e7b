"""Give the figures of finished pages their size."""

import re
from pathlib import Path

IMAGE = re.compile(r'<img\b(?![^>]*\bwidth=)[^>]*\bsrc="([^":?]+\.png)"[^>]*?(?=\s*/?>)')


def sized_images(html: str, folder: Path) -> str:
    """Return a page whose figures have their size, so that no text moves when they arrive.

    Parameters
    ----------
    html : str
        The whole page.
    folder : Path
        The page's folder, from which its images are named.

    Returns
    -------
    str
        The page; a figure after the first is fetched when the reader comes near to it.
    """
    seen = []

    def add_size(image):
        seen.append(image)
        header = (folder / image[1]).read_bytes()[16:24]  # as the PNG format has it
        width, height = (int.from_bytes(part, "big") for part in (header[:4], header[4:]))
        lazy = ' loading="lazy"' if len(seen) > 1 else ""
        return f'{image[0]} width="{width}" height="{height}"{lazy}'

    return IMAGE.sub(add_size, html)
