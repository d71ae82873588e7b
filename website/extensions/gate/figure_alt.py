"""Refuse a figure without a real alternative text or without a caption.

The stack's default is no help: it gives a figure its own file name, a hash, as alternative text,
so accessibility checkers pass and a reader who can't see the figure learns nothing.
"""

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.nodes import traverse_parent

from website.extensions.gate.faults import warn

MIN_LENGTH = 40


def alt_fault(alt: str, caption: str = "") -> str:
    """Return what is wrong with an alternative text.

    It is the end of a sentence; "" when nothing is wrong.
    """
    words = " ".join(alt.split())
    if not words:
        return "has no alternative text"
    if " " not in words and words.isascii():  # such as the name of its file, which is a hash
        return f"has {words!r} as alternative text, which says nothing"
    if words == " ".join(caption.split()):
        return "repeats its caption as alternative text"
    if len(words) < MIN_LENGTH:
        return f"has an alternative text of {len(words)} characters ({MIN_LENGTH} at least)"
    return ""


def _check_images(app: Sphinx, doctree: nodes.document) -> None:
    for image in doctree.findall(nodes.image):
        cell = _code_cell(image)
        line = _line(cell if cell is not None else image)
        for message in _image_faults(image, made_by_cell=cell is not None):
            warn(message, (app.env.docname, line))
    for raw in doctree.findall(nodes.raw):
        if re.search(r"<img\b(?![^>]*\balt=[\"'][^\"'])", raw.astext(), flags=re.I):
            message = "an <img> of this page has no alternative text: add alt=, saying what is seen"
            warn(message, (app.env.docname, _line(raw)))


def _image_faults(image: nodes.image, made_by_cell: bool) -> list[str]:
    caption = _caption(image)
    fault = alt_fault(image.get("alt", ""), caption)
    faults = []
    if made_by_cell:
        if fault:
            faults.append(
                f"the figure of this cell {fault}: add `mystnb: image: alt:` to the cell and say "
                "the axes, the marks and what is seen"
            )
        if not caption:
            faults.append(
                "the figure of this cell has no caption: add `mystnb: figure: caption:` to the cell"
            )
    elif fault:
        faults.append(f"the image {image['uri']} {fault}: add `:alt:`, saying what is seen")
    return faults


def _code_cell(image: nodes.image) -> nodes.Element | None:
    boxes = traverse_parent(image, nodes.container)
    kinds = ("cell_code", "mime_bundle")
    return next((each for each in boxes if each.get("nb_element") in kinds), None)


def _caption(image: nodes.image) -> str:
    figures = traverse_parent(image, nodes.figure)
    captions = [caption for each in [*figures][:1] for caption in each.findall(nodes.caption)]
    return " ".join(caption.astext() for caption in captions).strip()


def _line(node: nodes.Element) -> int:
    return next((each.line for each in traverse_parent(node) if each.line), 1)
