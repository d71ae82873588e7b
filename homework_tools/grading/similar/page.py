"""Show what two notebooks share, side by side, on one page without a script."""

from itertools import groupby
from operator import itemgetter

from homework_tools.grading.reports.safe_text import visible
from homework_tools.grading.similar.own import Part
from homework_tools.grading.similar.pairs import LEAST_PIECES, LEAST_SHARE, Pair, most_owners
from homework_tools.grading.similar.pieces import CODE_TOKENS, MAX_CHARACTERS, WORDS
from homework_tools.words.pages import PAGES
from homework_tools.words.translator import gettext

MAX_SHOWN = 10_000  # characters of one part
TEMPLATE = "grading/similar/page.html"


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
    return PAGES.get_template(TEMPLATE).render(
        language=language,
        policy="style-src 'unsafe-inline'",
        title=gettext("Similar notebooks: look"),
        pairs=[_shown(pair, names, first, second) for pair, first, second in pairs],
        left_out=left_out,
        tokens=CODE_TOKENS,
        words=WORDS,
        most=most_owners(len(names)),
        students=len(names),
        pieces=LEAST_PIECES,
        share=f"{100 * LEAST_SHARE:.0f}",
        characters=f"{MAX_CHARACTERS:,}",
    )


def _shown(pair: Pair, names: dict[str, str], *parts_of_both: list[Part]) -> dict:
    """Return what the template needs of a pair: per question what each wrote that both have."""
    both = [visible(names[student]) for student in (pair.first, pair.second)]
    shared = [
        [part for part in parts if any(piece.mark in pair.pieces for piece in part.pieces)]
        for parts in parts_of_both
    ]
    questions = dict.fromkeys(part.question for parts in shared for part in parts)
    return {
        "one": both[0],
        "two": both[1],
        "count": len(pair.pieces),
        "share": f"{100 * pair.share:.0f}",
        "questions": {
            question: [
                (name, [_bits(part, pair.pieces) for part in parts if part.question == question])
                for name, parts in zip(both, shared, strict=True)
            ]
            for question in questions
        },
    }


def _bits(part: Part, pieces: frozenset[int]) -> list[tuple[str, bool]]:
    """Return a part's text bit by bit, each with whether it belongs to these pieces."""
    is_shared = [False] * len(part.text)
    for piece in part.pieces:
        if piece.mark in pieces:
            is_shared[piece.start : piece.end] = [True] * (piece.end - piece.start)
    letters = zip(part.text[:MAX_SHOWN], is_shared, strict=False)
    runs = groupby(letters, key=itemgetter(1))
    bits = [(visible("".join(letter for letter, _ in run)), shared) for shared, run in runs]
    more = [(f"\n… {gettext('and more')}", False)] if len(part.text) > MAX_SHOWN else []
    return bits + more
