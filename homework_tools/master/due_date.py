"""A due date: a moment with its time zone, as the front matter and the class list write it."""

import re
from datetime import datetime, timedelta

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

FORMAT = "%Y-%m-%d %H:%M %z"
EXAMPLE = "2026-02-02 23:59 +01:00"


def read_due(text: str) -> datetime:
    """Return a due date.

    The text has date, time and difference from UTC, such as ``2026-02-02 23:59 +01:00``; another
    raises a ValueError.
    """
    try:
        if re.fullmatch(r"[\d-]{10} [\d:]{5} [+-]\d\d:\d\d", text.strip()):
            return datetime.strptime(text.strip(), FORMAT)
    except ValueError:
        pass
    message = f"{text!r} is not a day, a time and a difference from UTC, such as {EXAMPLE}"
    raise ValueError(message)


def in_words(due: datetime, language: str = "en") -> str:
    """Return a due date as a page says it: ``2 February 2026, 23:59 UTC+01:00``.

    Another language, by its tag, has the day in its own form where Babel knows it.
    """
    try:
        locale = Locale.parse(language, sep="-")
    except UnknownLocaleError:
        locale = Locale("en")
    form = "d MMMM y" if locale.language == "en" else "long"
    day = format_date(due.date(), form, locale)
    zone = due.isoformat()[-6:] if due.utcoffset() else ""
    return f"{day}, {due:%H:%M} UTC{zone}"


def days_late(submitted: datetime, due: datetime) -> int:
    """Return how many days after the due date a file came, begun days counted as whole, 0 if none.

    A time without a zone is taken for one in the zone of `due`.
    """
    if submitted.tzinfo is None:
        submitted = submitted.replace(tzinfo=due.tzinfo)
    return max(0, -((due - submitted) // timedelta(days=1)))
