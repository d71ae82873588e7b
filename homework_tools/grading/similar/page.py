"""Show what two notebooks share, side by side, on one page without a script."""

import html

from homework_tools.grading.reports.safe_text import visible
from homework_tools.grading.similar.own import Part
from homework_tools.grading.similar.pairs import LEAST_PIECES, LEAST_SHARE, Pair, most_owners
from homework_tools.grading.similar.pieces import CODE_TOKENS, MAX_CHARACTERS, WORDS
from homework_tools.words.translator import gettext, gettext_noop

MAX_SHOWN = 10_000  # characters of one part
HEAD = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5 }}
body {{ margin: 1rem auto; max-width: 90rem; padding: 0 1rem }}
.two {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)) }}
.two {{ gap: 1rem }}
pre {{ border: 1px solid; padding: .5rem; white-space: pre-wrap; overflow-wrap: anywhere }}
mark {{ font-weight: bold }}
</style>
</head>
<body>
<h1>{title}</h1>
"""
TITLE = gettext_noop("Similar notebooks: look")
NO_PAIR, MORE = gettext_noop("No pair shares so much."), gettext_noop("and more")
ONLY_YOU = gettext_noop("For the instructor alone.")
LOOK = gettext_noop(
    "Two notebooks on this page share what few others of the class have. That is a reason to look, "
    "and no more: students who work together, who read the same page or who ask the same chatbot "
    "write alike. Read both, and talk with both students."
)
IN_COMMON = gettext_noop(
    "{count} rare pieces in common: {share} % of those of the notebook that has fewer. Both have "
    "what is marked."
)
METHOD = gettext_noop("What is compared, and what this can't see")
COMPARED = gettext_noop(
    "What was handed out is left out, and so are the model solutions, comments, layout and the "
    "content of strings. The code that is left is cut into all pieces of {tokens} tokens in a row, "
    "answers in words into pieces of {words} words. A name that the student chose counts only by "
    "its place among the names of its piece, so that other names don't hide a copy. A piece that "
    "more than {most} of these {students} students have is taken for what the question asks for. A "
    "pair is listed if it shares at least {pieces} rarer pieces, which are at least {share} % of "
    "the rare pieces of one of the two; pairs whose shared pieces are rarer come first."
)
UNSEEN = gettext_noop(
    "It can't see an answer that was put into other words, code that was rewritten from somebody's "
    "idea, or a solution that more than {most} students share. The first {characters} characters "
    "of a notebook's own code, and of each of its answers, are compared. A pair of short notebooks "
    "may be here by chance."
)


def similar_page(
    pairs: list[tuple[Pair, list[Part], list[Part]]],
    names: dict[str, str],
    left_out: int = 0,
    language: str = "en",
) -> str:
    """Return the page about pairs of notebooks, each with what both wrote; none of that acts.

    `names` are those of everybody who was compared; `left_out` is how many further pairs were
    found, behind those on the page.
    """
    values = {
        "tokens": CODE_TOKENS,
        "words": WORDS,
        "most": most_owners(len(names)),
        "students": len(names),
        "pieces": LEAST_PIECES,
        "share": f"{100 * LEAST_SHARE:.0f}",
        "characters": f"{MAX_CHARACTERS:,}",
    }
    lines = [
        HEAD.format(language=language, title=said(TITLE)),
        f"<p><strong>{said(ONLY_YOU)}</strong> {said(LOOK)}</p>",
        f"<details>\n<summary>{said(METHOD)}</summary>",
        f"<p>{said(COMPARED, **values)}</p>\n<p>{said(UNSEEN, **values)}</p>\n</details>",
    ]
    if not pairs:
        lines.append(f"<p>{said(NO_PAIR)}</p>")
    if left_out:
        words = gettext_noop("The first {shown} pairs are shown, and {others} are not.")
        lines.append(f"<p>{said(words, shown=len(pairs), others=left_out)}</p>")
    for number, (pair, first, second) in enumerate(pairs, start=1):
        one, two = escaped(names[pair.first]), escaped(names[pair.second])
        both = gettext("{one} and {two}").format(one=one, two=two)
        lines.append(f"<h2>{number}. {both}</h2>")
        count, share = len(pair.pieces), f"{100 * pair.share:.0f}"
        lines.append(f"<p>{said(IN_COMMON, count=count, share=share)}</p>")
        for question in dict.fromkeys(p.question for p in [*first, *second] if _shares(p, pair)):
            other = gettext_noop("Other code")
            title = gettext_noop("Question {question}") if question else other
            lines.append(f"<h3>{said(title, question=question)}</h3>")
            lines.append('<div class="two">')
            lines += [_side(one, first, question, pair), _side(two, second, question, pair)]
            lines.append("</div>")
    return "\n".join([*lines, "</body>", "</html>", ""])


def said(words: str, /, **values: object) -> str:
    """Return what we say ourselves, in the course's language, as HTML."""
    return escaped(gettext(words).format(**values))


def escaped(text: str) -> str:
    """Return text as HTML that shows it as it is."""
    return html.escape(visible(text))


def marked(part: Part, pieces: frozenset[int]) -> str:
    """Return a part as HTML, with what belongs to these pieces marked."""
    text, done, spans = part.text[:MAX_SHOWN], 0, []
    for piece in part.pieces:
        if piece.mark not in pieces:
            continue
        if spans and piece.start <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], piece.end)
        else:
            spans.append([piece.start, piece.end])
    shown = []
    for start, end in spans:
        shown += [escaped(text[done:start]), "<mark>", escaped(text[start:end]), "</mark>"]
        done = end
    more = f"\n… {said(MORE)}" if len(part.text) > MAX_SHOWN else ""
    return "".join([*shown, escaped(text[done:]), more])


def _shares(part: Part, pair: Pair) -> bool:
    return any(piece.mark in pair.pieces for piece in part.pieces)


def _side(name: str, parts: list[Part], question: str, pair: Pair) -> str:
    """Return what one student wrote for a question, where the other has something of it."""
    own = [part for part in parts if part.question == question and _shares(part, pair)]
    texts = [f"<pre>{marked(part, pair.pieces)}</pre>" for part in own]
    return "\n".join([f"<div><p>{name}</p>", *texts, "</div>"])
