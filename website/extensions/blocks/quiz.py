"""Ask the reader: quizzes with radio buttons, and predictions that reveal an answer.

Both are native HTML. Without JavaScript the answers stand in a `<details>`; with it, a small
script tells of the chosen option whether it is right, and why.
"""

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from homework_tools.words.translator import gettext
from website.extensions.gate.faults import warn
from website.extensions.text.quizzes import (
    LETTERS,
    Faults,
    Lines,
    Option,
    prediction_faults,
    quiz_faults,
    read_prediction,
    read_quiz,
)

SCRIPT, STYLE = "quiz.js", "quiz.css"


class html_tag(nodes.General, nodes.Element):
    """An HTML element around its children."""


class html_words(html_tag, nodes.TextElement):
    """An HTML element of words, which may be translated as those of a paragraph."""


class SelfCheck(SphinxDirective):
    """What the two directives share."""

    has_content = True

    def tell(self, faults: Faults) -> bool:
        """Warn of the faults of the block, and say whether there are any."""
        for index, message in faults:
            line = self.lineno + self.content_offset + 1 + index
            warn(message, (self.env.docname, line))
        return bool(faults)

    def parse(self, lines: Lines) -> list[nodes.Element]:
        """Return what a part of the block says."""
        parent = nodes.Element()
        text = StringList(lines[1], source=self.env.docname)
        self.state.nested_parse(text, self.content_offset + lines[0], parent)
        return [each for each in parent.children if isinstance(each, nodes.Element)]


class Quiz(SelfCheck):
    """A question with two to five options, one of them right, each with its explanation."""

    def run(self) -> list[nodes.Node]:
        body = list(self.content)
        if self.tell(quiz_faults(body)):
            return []
        quiz = read_quiz(body)
        number = self.env.new_serialno("quiz") + 1
        name = nodes.make_id(f"quiz-{self.env.docname}-{number}")
        asked = self.parse(quiz.question)
        places = [i for i, each in enumerate(asked) if isinstance(each, nodes.paragraph)]
        if not places:
            raise self.error("the question of this quiz is no paragraph: ask it in a sentence")
        place = places[-1]
        legend = tag("legend", words_of(asked[place]))
        fieldset = tag("fieldset", legend, *asked[place + 1 :])
        fieldset += self.option_list(quiz.options, name)
        fieldset += tag("button", nodes.Text(gettext("Check")), classes=["quiz-check"],
                        type="button", hidden="hidden")  # fmt: skip
        empty = gettext("Choose an answer first.")
        fieldset += tag("div", classes=["quiz-status"], role="status", **{"data-empty": empty})
        title = nodes.paragraph("", gettext("Check yourself"), classes=["quiz-title"])
        answers = details(
            gettext("Answers"), self.answer_list(quiz.options), classes=["quiz-answers"]
        )
        inside = [title, *asked[:place], fieldset, answers]
        return [tag("div", *inside, classes=["quiz"], ids=[name])]

    def option_list(self, options: list[Option], name: str) -> nodes.Node:
        """Return the options as a list of radio buttons with their labels."""
        items = []
        for letter, option in zip(LETTERS, options, strict=False):
            ident = f"{name}-{letter.lower()}"
            paragraph = self.parse(option.words)[0]
            if not isinstance(paragraph, nodes.paragraph):
                raise self.error(f"option {letter} of this quiz is no sentence: write it as one")
            radio = tag("input", ids=[ident], type="radio", name=name, autocomplete="off")
            items.append(tag("li", radio, tag("label", words_of(paragraph), **{"for": ident})))
        return tag("ol", *items, classes=["quiz-options"], type="A")

    def answer_list(self, options: list[Option]) -> nodes.Node:
        """Return the explanations as a list, each with its verdict."""
        items = []
        for option in options:
            verdict = nodes.strong("", gettext("Right.") if option.right else gettext("Not right."))
            why = self.parse(option.why)
            if isinstance(why[0], nodes.paragraph):
                why[0][:0] = [verdict, nodes.Text(" ")]
            else:
                why = [nodes.paragraph("", "", verdict), *why]
            items.append(tag("li", *why, classes=["right" if option.right else "wrong"]))
        return tag("ol", *items, type="A")


class Predict(SelfCheck):
    """A box that asks for a guess; what follows its line ``---`` is revealed on demand."""

    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        body = list(self.content)
        if self.tell(prediction_faults(body)):
            return []
        asked, revealed = map(self.parse, read_prediction(body))
        title = self.arguments[0] if self.arguments else gettext("Predict, then look")
        words, messages = self.state.inline_text(title, self.lineno)
        box = nodes.admonition(classes=["predict"])
        box += [nodes.title(title, "", *words), *messages, *asked]
        box += details(gettext("Show the answer"), *revealed, classes=["reveal"])
        return [box]


def tag(name: str, /, *children: nodes.Node, classes=(), ids=(), **attributes: str) -> html_tag:
    """Return an HTML element."""
    node = html_tag("", *children, tag=name, attributes=attributes)
    node["classes"] += classes
    node["ids"] += ids
    return node


def words_of(paragraph: nodes.Element) -> html_words:
    """Return the words of a paragraph, for a legend or a label."""
    words = html_words(paragraph.rawsource, "", *paragraph.children, tag="span", attributes={})
    words.source, words.line = paragraph.source, paragraph.line
    return words


def details(summary: str, *children: nodes.Node, classes=()) -> html_tag:
    """Return a block that is closed until the reader opens it."""
    return tag("details", tag("summary", nodes.Text(summary)), *children, classes=classes)


def _open(self, node: html_tag) -> None:
    attributes = node["attributes"]
    self.body.append(self.starttag(node, node["tag"], "", **attributes))


def _close(self, node: html_tag) -> None:
    if node["tag"] != "input":
        self.body.append(f"</{node['tag']}>" + "\n" * (node["tag"] != "span"))


def _load(app: Sphinx, pagename, templatename, context, doctree) -> None:
    if doctree is not None and any(doctree.findall(html_tag)):
        app.add_js_file(SCRIPT, loading_method="defer")
        app.add_css_file(STYLE)
