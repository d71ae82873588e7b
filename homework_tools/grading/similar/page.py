"""Show what two notebooks share, side by side, on one page without a script."""

import html

from homework_tools.grading.reports.safe_text import visible
from homework_tools.grading.similar.own import Part
from homework_tools.grading.similar.pairs import LEAST_PIECES, LEAST_SHARE, Pair, most_owners
from homework_tools.grading.similar.pieces import CODE_TOKENS, MAX_CHARACTERS, WORDS

MAX_SHOWN = 10_000  # characters of one part
HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Similar notebooks: look</title>
<style>
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5 }
body { margin: 1rem auto; max-width: 90rem; padding: 0 1rem }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)) }
.two { gap: 1rem }
pre { border: 1px solid; padding: .5rem; white-space: pre-wrap; overflow-wrap: anywhere }
mark { font-weight: bold }
</style>
</head>
<body>
<h1>Similar notebooks: look</h1>
<p><strong>For the instructor alone.</strong> Two notebooks on this page share what few others of
the class have. That is a reason to look, and no more: students who work together, who read the same
page or who ask the same chatbot write alike. Read both, and talk with both students.</p>
"""
METHOD = """\
<details>
<summary>What is compared, and what this can't see</summary>
<p>What was handed out is left out, and so are the model solutions, comments, layout and the content
of strings. The code that is left is cut into all pieces of {tokens} tokens in a row, answers in
words into pieces of {words} words. A name that the student chose counts only by its place among the
names of its piece, so that other names don't hide a copy. A piece that more than {most} of these
{students} students have is taken for what the question asks for. A pair is listed if it shares at
least {pieces} rarer pieces, which are at least {share} of the rare pieces of one of the two; pairs
whose shared pieces are rarer come first.</p>
<p>It can't see an answer that was put into other words, code that was rewritten from somebody's
idea, or a solution that more than {most} students share. The first {characters} characters of a
notebook's own code, and of each of its answers, are compared. A pair of short notebooks may be
here by chance.</p>
</details>
"""


def similar_page(
    pairs: list[tuple[Pair, list[Part], list[Part]]], names: dict[str, str], left_out: int = 0
) -> str:
    """Return the page about pairs of notebooks, each with what both wrote; none of that acts.

    `names` are those of everybody who was compared; `left_out` is how many further pairs were
    found, behind those on the page.
    """
    method = METHOD.format(
        tokens=CODE_TOKENS,
        words=WORDS,
        most=most_owners(len(names)),
        students=len(names),
        pieces=LEAST_PIECES,
        share=f"{LEAST_SHARE:.0%}",
        characters=f"{MAX_CHARACTERS:,}",
    )
    lines = [HEAD, method]
    if not pairs:
        lines.append("<p>No pair shares so much.</p>")
    if left_out:
        lines.append(f"<p>The first {len(pairs)} pairs are shown, and {left_out} are not.</p>")
    for number, (pair, first, second) in enumerate(pairs, start=1):
        one, two = escaped(names[pair.first]), escaped(names[pair.second])
        lines.append(f"<h2>{number}. {one} and {two}</h2>")
        lines.append(
            f"<p>{len(pair.pieces)} rare pieces in common: {pair.share:.0%} of those of the "
            "notebook that has fewer. Both have what is marked.</p>"
        )
        for question in dict.fromkeys(p.question for p in [*first, *second] if _shares(p, pair)):
            lines.append(f"<h3>{f'Question {question}' if question else 'Other code'}</h3>")
            lines.append('<div class="two">')
            lines += [_side(one, first, question, pair), _side(two, second, question, pair)]
            lines.append("</div>")
    return "\n".join([*lines, "</body>", "</html>", ""])


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
    more = "\n… and more" if len(part.text) > MAX_SHOWN else ""
    return "".join([*shown, escaped(text[done:]), more])


def _shares(part: Part, pair: Pair) -> bool:
    return any(piece.mark in pair.pieces for piece in part.pieces)


def _side(name: str, parts: list[Part], question: str, pair: Pair) -> str:
    """Return what one student wrote for a question, where the other has something of it."""
    own = [part for part in parts if part.question == question and _shares(part, pair)]
    texts = [f"<pre>{marked(part, pair.pieces)}</pre>" for part in own]
    return "\n".join([f"<div><p>{name}</p>", *texts, "</div>"])
