"""The `{lab}` directive: an experiment on the page, in the place of a figure that stays as well.

Without JavaScript, on paper and in a downloaded notebook the reader has the figure that the
chapter's cell draws; in a browser the lab is below its caption. The build writes the lab as it
opens, so that nothing moves when `website/lab/` takes it over. Only pages that hold a lab load its
files.
"""

import inspect
import json
import posixpath

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

import rnaseq_hw as hw
from website.extensions.blocks.scripts import lab_writer
from website.extensions.gate.faults import warn
from website.extensions.gate.seed import PUBLISHED
from website.node import ask_node

SCRIPT, STYLE = "lab/lab.js", "lab/lab.css"  # below _static
EXPERIMENTS = ("first", "volcano", "null", "draws", "shuffle", "pseudocount", "threshold", "whole")
# A page whose script does not arrive shows the still figures.
WITHOUT_SCRIPT = "document.querySelectorAll('.lab').forEach((each) => each.remove())"
FUNCTIONS = ("simulate_dataset", "filter_genes", "log2_normalize_expression", "error_rates")


class lab(nodes.General, nodes.Element):
    """The place of a lab."""


def lab_defaults(seed: int) -> dict[str, float]:
    """Return the settings of the published data, and the defaults of the package's functions.

    Among them `n_samples`, `shift_size`, `alpha`, `pseudocount`, `max_missing`.
    """
    defaults = {}
    for function in FUNCTIONS:
        for name, parameter in inspect.signature(getattr(hw, function)).parameters.items():
            if parameter.default is not parameter.empty:
                defaults[name] = parameter.default
    return {**defaults, **PUBLISHED, "seed": seed}


def read_own(text: str, known: dict[str, float]) -> dict[str, float]:
    """Return settings written as `n_samples=10 seed=7`.

    Raises a ValueError if a name is not among the `known` settings, or a value is not a number.
    """
    own = {}
    for each in text.split():
        name, _, value = each.partition("=")
        if name not in known:
            raise ValueError(f"{name!r} is no setting of a lab: take one of {', '.join(known)}")
        try:
            own[name] = json.loads(value)
        except json.JSONDecodeError as error:
            raise ValueError(f"{each!r}: write a number, as in {name}={known[name]}") from error
    return own


class LabDirective(SphinxDirective):
    """An experiment; its content, words for the reader who can touch it, stands above the plot."""

    required_arguments = 1
    has_content = True
    option_spec = {  # noqa: RUF012
        "figure": directives.unchanged_required,
        "settings": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        known = lab_defaults(int(self.config.myst_substitutions["seed"]))
        if self.arguments[0] not in EXPERIMENTS:
            names = ", ".join(EXPERIMENTS)
            return self._refuse(f"there is no lab {self.arguments[0]!r}: take one of {names}")
        if "figure" not in self.options:
            return self._refuse("a lab stands in the place of a figure: add `:figure: fig-...`")
        try:
            own = read_own(self.options.get("settings", ""), known)
        except ValueError as error:
            return self._refuse(str(error))
        node = lab(name=self.arguments[0], figure=self.options["figure"], known=known, own=own)
        self.set_source_info(node)
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]

    def _refuse(self, message: str) -> list[nodes.Node]:
        warn(message, (self.env.docname, self.lineno))
        return []


class JoinFigure(SphinxPostTransform):
    """Put each lab after its figure: its own page's, or a copy of another's `volcano.md#fig-x`."""

    default_priority = 900
    formats = ("html",)

    def run(self, **options) -> None:
        for node in list(self.document.findall(lab)):
            figure = self._figure_of(node)
            if figure is None:
                message = f"the lab's figure {node['figure']!r} is not there: `:figure:` is the "
                message += "`name` that a cell gives its figure, or `page.md#name` for another page"
                warn(message, node)
                continue
            figure["classes"].append("lab-replaced")
            if figure.parent is None:
                node.replace_self([figure, node])
            else:
                node.replace_self([])
                figure.replace_self([figure, node])

    def _figure_of(self, node: lab) -> nodes.figure | None:
        page, _, name = node["figure"].rpartition("#")
        document, name = self.document, nodes.make_id(name)
        if page:
            folder = posixpath.dirname(self.env.docname)
            docname = posixpath.join(folder, page.removesuffix(".md"))
            if docname not in self.env.all_docs:
                return None
            document = self.env.get_doctree(docname)
        found = next((f for f in document.findall(nodes.figure) if name in f["ids"]), None)
        if found is None or not page:
            return found
        node["figure"] = "lab-figure"
        image = next(found.findall(nodes.image)).deepcopy()
        return nodes.figure("", image, ids=[node["figure"]])


def _load_files(app: Sphinx, pagename, templatename, context, doctree) -> None:
    if doctree is not None and next(doctree.findall(lab), None) is not None:
        app.add_css_file(STYLE)
        app.add_js_file(SCRIPT, loading_method="defer", onerror=WITHOUT_SCRIPT)


def _open(translator, node: lab) -> None:
    attributes = {
        "data-lab": node["name"],
        "data-figure": nodes.make_id(node["figure"]),
        "data-settings": json.dumps(node["known"]),
        "data-own": json.dumps(node["own"]),
    }
    translator.body.append(translator.starttag(node, "div", CLASS="lab", **attributes))


def _close(translator, node: lab) -> None:
    start = {"name": node["name"], "known": node["known"], "own": node["own"]}
    written = ask_node(lab_writer(translator.builder.app), start)
    translator.body.append(f"{written}</div>\n")
