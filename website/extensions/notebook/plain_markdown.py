"""Turn a chapter's MyST into plain Markdown that JupyterLab shows well.

Directives and roles mean something to the book only; in a notebook they would stand there raw.
What they stand for (a value, a title, a number) is asked of `PageReferences`.
"""

import re

from homework_tools.words.translator import gettext, gettext_noop
from website.extensions.notebook.references import PageReferences
from website.extensions.text.page import Fence, read_page
from website.extensions.text.quizzes import LETTERS, read_prediction, read_quiz

TITLES = {"seealso": gettext_noop("See also")}
OF_THE_SITE = ("index", "course-path", "book-citation", "container")  # boxes speak of the page
INLINE = re.compile(
    r"\{(?P<role>[\w:.+-]+)\}(?P<ticks>`+)(?P<words>.+?)(?P=ticks)"
    r"|(?P<code>(?P<fence>`+)[^`].*?(?P=fence))"
    r"|(?<!!)\[(?P<link>[^\]\n]*)\]\((?P<target>[^)\s]+)\)"
    r"|\{\{\s*(?P<substitution>\w+)\s*\}\}",
    flags=re.S,
)


def link(words: str, address: str) -> str:
    """Return words that lead to an address; without one, the words."""
    return f"[{words}]({address})" if address else words


def plain_markdown(text: str, names: PageReferences) -> str:
    """Return a piece of MyST as plain Markdown."""
    lines = text.splitlines()
    written, done = [], 0
    for fence in read_page(text).fences:
        if fence.depth == 0 and fence.line > done:
            written += _plain_lines(lines[done : fence.line - 1], names)
            written += _plain_fence(fence, names)
            done = fence.last_line
    written += _plain_lines(lines[done:], names)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(written)).strip()


def plain_inline(text: str, names: PageReferences) -> str:
    """Return a sentence of MyST as plain Markdown.

    `code` in it is left as it is.
    """
    return INLINE.sub(lambda match: _plain_span(match, names), text)


def _plain_lines(lines: list[str], names: PageReferences) -> list[str]:
    kept = [line for line in lines if not re.match(r"^(\(.+\)=|%.*|\{[.#].*\}|\+\+\+.*)\s*$", line)]
    text = re.sub(r"^(\S.*)\n: +", r"**\1:** ", "\n".join(kept), flags=re.M)  # a definition
    text = re.sub(r"\$\$ *\(([\w:-]+)\) *$", lambda m: _tag(m[1], names) + "$$", text, flags=re.M)
    return plain_inline(text, names).split("\n")


def _plain_fence(fence: Fence, names: PageReferences) -> list[str]:
    body = "\n".join(fence.body[fence.options_size :])
    argument = plain_inline(fence.argument, names)
    if fence.name in ("", "code-block", "code"):
        return [f"```{fence.argument}", *body.splitlines(), "```"]
    if fence.name == "math":
        return ["$$", body.strip() + _tag(fence.option("label"), names).rstrip(), "$$"]
    if fence.name == "exercise-start":
        title = gettext("Exercise: {title}").format(title=argument)
        return ["", f"### {title}", "", *plain_markdown(body, names).splitlines()]
    if fence.name == "solution-start":
        return ["", f"#### {gettext('Solution')}", "", *plain_markdown(body, names).splitlines()]
    if fence.name in ("exercise-end", "solution-end", *OF_THE_SITE):
        return []
    if fence.name == "quiz":
        return _plain_quiz(fence, names)
    if fence.name == "predict":
        asked, revealed = read_prediction(list(fence.body))
        body = [*asked[1], "", *details(gettext("Show the answer"), revealed[1])]
        return _quoted(argument or gettext("Predict, then look"), "\n".join(body), names)
    if fence.name == "lab":
        figure = names.number(fence.option("figure").rpartition("#")[2])
        move = link(gettext("move its settings there"), names.address())
        return [gettext("*On the site {figure} is live: {move}.*").format(figure=figure, move=move)]
    if fence.name in ("figure", "image"):
        picture, alt = gettext("Picture: {alt}"), fence.option("alt") or fence.argument
        return [f"*({picture.format(alt=alt)})* {plain_markdown(body, names)}"]
    if fence.name in ("table", "list-table"):
        return [f"**{argument}**", "", *plain_markdown(body, names).splitlines()]
    return _quoted(argument or TITLES.get(fence.name, fence.name.capitalize()), body, names)


def _plain_quiz(fence: Fence, names: PageReferences) -> list[str]:
    quiz = read_quiz(list(fence.body))
    options, answers = [], []
    for letter, option in zip(LETTERS, quiz.options, strict=False):
        verdict = gettext("Right.") if option.right else gettext("Not right.")
        options += _item(f"**{letter}.** ", option.words[1], names)
        answers += _item(f"**{letter}. {verdict}**\n\n", option.why[1], names)
    question = plain_markdown("\n".join(quiz.question[1]), names).splitlines()
    answers = details(gettext("Answers"), answers)
    return ["", f"**{gettext('Check yourself')}**", "", *question, "", *options, "", *answers, ""]


def _item(start: str, lines: list[str], names: PageReferences) -> list[str]:
    """Return a list item; what it holds is indented as far as its first word."""
    text = start + plain_markdown("\n".join(lines), names)
    return ["- " + text.replace("\n", "\n  ").replace("\n  \n", "\n\n")]


def details(summary: str, lines: list[str]) -> list[str]:
    """Return lines that are closed until the reader opens them."""
    return ["<details>", f"<summary>{summary}</summary>", "", *lines, "", "</details>"]


def _quoted(title: str, body: str, names: PageReferences) -> list[str]:
    lines = [f"**{title}**", "", *plain_markdown(body, names).splitlines()]
    return ["", *(f"> {line}".rstrip() for line in lines), ""]


def _tag(label: str, names: PageReferences) -> str:
    return f" \\tag{{{names.equation(label)}}} " if label else ""


def _plain_span(match: re.Match, names: PageReferences) -> str:
    if match["code"] is not None:
        return match["code"]
    if match["substitution"] is not None:
        return names.substitution(match["substitution"])
    if match["target"] is not None:
        return _plain_link(match["link"], match["target"], names)
    return _plain_role(match["role"], match["words"], names)


def _plain_link(words: str, target: str, names: PageReferences) -> str:
    if re.match(r"[a-z]+:", target):
        return f"[{words}]({target})"
    return words or names.title(target.removeprefix("#"))


def _plain_role(role: str, words: str, names: PageReferences) -> str:
    given = re.fullmatch(r"(.*?)\s*<(.+)>", words, flags=re.S)
    shown, target = given.groups() if given else ("", words)
    if role.startswith("glue"):
        return names.glued(words)
    if role == "numref":
        number = names.number(target)
        return re.sub(r"%s|\{number\}", number.split()[-1], shown) if shown else number
    if role in ("ref", "doc"):
        return shown or names.title(target)
    if role == "eq":
        return f"({names.equation(target)})"
    if role.startswith("cite"):
        return _plain_citation(role, words, names)
    if role in ("sub", "sup"):
        return f"<{role}>{words}</{role}>"
    if role == "math":
        return f"${words}$"
    return shown or words if role in ("term", "abbr", "kbd") else f"`{shown or words.lstrip('~')}`"


def _plain_citation(role: str, words: str, names: PageReferences) -> str:
    textual = role == "cite:t"
    citations = [names.citation(key.strip(), textual) for key in words.split(",")]
    return ", ".join(citations) if textual else f"({'; '.join(citations)})"
