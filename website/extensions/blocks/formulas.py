"""Write each formula as MathML, which browsers draw and screen readers read without a script."""

import re
from functools import lru_cache
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.math import get_node_equation_number

from website.extensions.gate.faults import warn
from website.node import ask_node

SCRIPT = Path(__file__).with_name("formulas.mjs")


class KeepWords(SphinxPostTransform):
    """Keep a formula on one line with the bracket, stop or ending that touches it.

    Browsers may begin a new line on either side of a formula.
    """

    default_priority = 900
    formats = ("html",)

    def run(self, **options) -> None:
        """Put each such formula into a box, with what touches it."""
        for formula in list(self.document.findall(nodes.math)):
            line = formula.parent
            at = line.index(formula)
            before, after = _text_at(line, at - 1), _text_at(line, at + 1)
            start, end = re.split(r"\s", before)[-1], re.split(r"\s", after)[0]
            if start:
                line[at - 1] = nodes.Text(before.removesuffix(start))
            if end:
                line[at + 1] = nodes.Text(after.removeprefix(end))
            if start or end:
                box = nodes.inline("", "", classes=["formula"])
                line[at] = box
                box += [nodes.Text(start), formula, nodes.Text(end)]


def _text_at(line: nodes.Element, at: int) -> str:
    part = line[at] if 0 <= at < len(line) else None
    return part if isinstance(part, nodes.Text) else ""


@lru_cache(None)
def mathml(tex: str, is_displayed: bool) -> str:
    r"""Return a formula as MathML.

    The lines of a displayed one may be divided by ``\\`` without an environment. A formula that
    can't be read raises a ValueError that says where.
    """
    if is_displayed and r"\\" in tex and r"\begin" not in tex:
        tex = rf"\begin{{split}}{tex}\end{{split}}"
    answer = ask_node(SCRIPT, [tex, is_displayed])
    if "error" in answer:
        raise ValueError(answer["error"])
    return answer["mathml"]


def _formula(node: nodes.Element, is_displayed: bool) -> str:
    tex = node.astext()
    try:
        return mathml(tex, is_displayed)
    except ValueError as error:
        message = f"the formula {tex!r} can't be read: {error}. Correct it"
        warn(message, node)
        return f"<code>{escape(tex)}</code>"


def _inline(translator, node: nodes.math) -> None:
    translator.body.append(_formula(node, False))
    raise nodes.SkipNode


def _displayed(translator, node: nodes.math_block) -> None:
    # It scrolls where it is too wide, also by keyboard.
    translator.body.append(translator.starttag(node, "div", CLASS="math", tabindex="0"))
    if node["number"]:
        number = get_node_equation_number(translator, node)
        translator.body.append(f'<span class="eqno">({number})')
        translator.add_permalink_ref(node, "Link to this equation")
        translator.body.append("</span>")
    translator.body.append(_formula(node, True) + "</div>\n")
    raise nodes.SkipNode


RENDERER = ((_inline, None), (_displayed, None))  # nothing is left to do after either
