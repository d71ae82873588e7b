"""A model answer as other tools want it marked."""

from homework_tools.words.translator import gettext, ngettext


def marked_answer(cell):
    """Return the model answer of a free text and its rubric, which no student sees."""
    items = [
        f"- {ngettext('{n} point', '{n} points', item.points)}: {item.what}" for item in cell.rubric
    ]
    return "\n".join([cell.model_answer, "", f"**{gettext('Rubric')}**", "", *items])
