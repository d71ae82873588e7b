"""A solution or a model answer as other tools want it marked."""

import textwrap

from homework_tools.master.master import BEGIN, END
from homework_tools.words.translator import gettext, ngettext


def with_marks(cell, begin, end):
    """Return a solution cell whose marks are those of another tool.

    `begin` and `end` take the place of the lines that mark the solution, indented as they are;
    `{todo}` stands for what the student has to do.
    """
    lines = []
    for line in cell.source.split("\n"):
        if match := BEGIN.match(line):
            indent, todo = match["indent"], match["todo"]
            lines.append(textwrap.indent(begin.format(todo=todo), indent))
        elif END.match(line):
            lines.append(textwrap.indent(end.format(todo=todo), indent))
        else:
            lines.append(line)
    return "\n".join(lines)


def marked_answer(cell):
    """Return the model answer of a free text and its rubric, which no student sees."""
    items = [
        f"- {ngettext('{n} point', '{n} points', item.points)}: {item.what}" for item in cell.rubric
    ]
    return "\n".join([cell.model_answer, "", f"**{gettext('Rubric')}**", "", *items])
