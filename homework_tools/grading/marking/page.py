"""Write the page on which free text is marked: one file that needs no server and asks no host."""

import base64
import hashlib
import re
from pathlib import Path

from homework_tools.grading.marking.to_read import version
from homework_tools.grading.reports.safe_text import plain, visible
from homework_tools.master.master import Cell, Master
from homework_tools.words.pages import PAGES
from homework_tools.words.translator import gettext, ngettext, script_in_language

PAGE = "mark.html"
PARTS = Path(__file__).with_name("page")
SCRIPTS = (
    "words.mjs",
    "marks.mjs",
    "table.mjs",
    "kept.mjs",
    "view.mjs",
    "page.mjs",
)  # what one needs comes before it
HEADING = re.compile(r"\A#+ .*\n+")  # the page has one of its own
BETWEEN_MODULES = re.compile(r"^(?:import .*\n|export )", re.MULTILINE)
TEMPLATE = "grading/marking/page/page.html"


def marking_page(
    master: Master, records: list[dict], codes: dict[str, str], *, anonymous: bool = False
) -> str:
    """Return the page; students appear in the order of their codes.

    If it is `anonymous`, students are called by their codes, and neither a name nor an id is in it.
    What students wrote is in it as data alone, and shown as text.
    """
    by_student = {record["student"]: record for record in records}
    found = [
        (place, code, by_student[student])
        for place, (student, code) in enumerate(codes.items())
        if student in by_student
    ]
    data = {
        "homework": master.settings.id,
        "title": master.settings.title,
        "first": next(iter(codes.values()), ""),
        "questions": [_question(master, cell, found, anonymous) for cell in master.code("answer")],
    }
    style = "\n" + (PARTS / "page.css").read_text(encoding="utf-8")
    sources = [(PARTS / name).read_text(encoding="utf-8") for name in SCRIPTS]
    script = "\n" + "\n".join(BETWEEN_MODULES.sub("", source) for source in sources)
    script = script_in_language(script)
    return PAGES.get_template(TEMPLATE).render(
        language=master.settings.language,
        policy=f"script-src {_hash(script)}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'",
        title=gettext("Marking: {title}", title=master.settings.title),
        style=style,
        data=data,
        script=script,
    )


def _question(
    master: Master, cell: Cell, found: list[tuple[int, str, dict]], anonymous: bool
) -> dict:
    answers = []
    for place, code, record in found:
        if not (text := record["answers"].get(cell.question)):
            continue
        given = record.get("marks", {}).get(cell.question)
        answers.append(
            {
                "place": place,
                "code": code,
                "label": code if anonymous else plain(visible(record["name"])),
                "text": visible(text),
                "version": version(text),
                "given": given._asdict() if given else None,
            }
        )
    points = ngettext("{n} point", "{n} points", cell.points)
    count = ngettext("{n} answer", "{n} answers", len(answers))
    return {
        "question": cell.question,
        "title": f"{cell.question}: {points}, {count}",
        "points": cell.points,
        "asked": HEADING.sub("", master.text(cell.question_text)),
        "model": master.text(cell.model_answer),
        "rubric": [{"points": item.points, "what": item.what} for item in cell.rubric],
        "answers": answers,
    }


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
