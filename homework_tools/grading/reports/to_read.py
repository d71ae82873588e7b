"""Write the answers in free text for who reads them: a table to fill in, and pages."""

import re

from homework_tools.grading.by_hand import HAND_GRADES
from homework_tools.grading.reports.safe_text import inert, number, plain, table, visible
from homework_tools.grading.reports.scores import Grades
from homework_tools.master.master import Master, model_answer, question_text, rubric


def to_read_table(master: Master, records: list[dict], grades: Grades) -> str:
    """Return the answers as a table; with its points filled in it is a file of grades by hand."""
    rows = []
    for cell in master.code("answer"):
        items = "\n".join(f"{item.points}: {item.what}" for item in rubric(cell))
        for record in records:
            text = record["answers"].get(cell.question)
            if text:
                given = grades.get((record["student"], cell.question))
                row: dict[str, str | int] = {"student": plain(record["name"])}
                row["question"] = cell.question
                row |= {"points": number(given[0]) if given else "", "out_of": cell.points}
                row |= {"comment": given[1] if given else "", "answer": plain(visible(text))}
                rows.append(row | {"rubric": items})
    columns = ["student", "question", "points", "out_of", "comment", "answer", "rubric"]
    return table(columns, rows)


def to_read_pages(master: Master, records: list[dict], grades: Grades) -> str:
    """Return the answers to read, question by question, below the rubric."""
    lines = [f"# {master.settings.title}: answers to read", ""]
    lines.append("Points go into the column `points` of `to_read.csv`; save it beside this ")
    lines[-1] += f"page as `{HAND_GRADES}` and grade again."
    for cell in master.code("answer"):
        lines += ["", f"## Question {cell.question} ({cell.points} points)", ""]
        asked = re.sub(r"\A#+ .*\n+", "", master.text(question_text(cell)))  # it has that heading
        lines += [asked, "", "**Rubric**", ""]
        lines += [f"- {item.points}: {item.what}" for item in rubric(cell)]
        lines += ["", "**Model answer**", "", master.text(model_answer(cell))]
        for record in records:
            text = record["answers"].get(cell.question)
            if text:
                text = visible(text)
                given = grades.get((record["student"], cell.question))
                shown = f" ({given[0]:g} points)" if given else ""
                longest = max(map(len, re.findall("~+", text)), default=0)
                fence = "~" * max(3, longest + 1)  # so that no answer can end its own box
                lines += [
                    "",
                    f"### {inert(record['name'])}{shown}",
                    "",
                    f"{fence}text",
                    text,
                    fence,
                ]
    return "\n".join(lines) + "\n"
