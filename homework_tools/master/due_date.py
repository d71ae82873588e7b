"""A due date: a moment with its time zone, as the front matter and the class list write it."""

import re
from contextlib import suppress
from datetime import datetime, timedelta

FORMAT = "%Y-%m-%d %H:%M %z"
EXAMPLE = "2026-02-02 23:59 +01:00"
# English in every locale, unlike those of `strftime`.
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December"]  # fmt: skip


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
    zone = due.strftime("%z")
    zone = "" if zone in ("", "+0000") else f"{zone[:3]}:{zone[3:]}"
    day = f"{due.day} {MONTHS[due.month - 1]} {due.year}"
    if language.partition("-")[0] != "en":
        from babel import Locale, UnknownLocaleError
        from babel.dates import format_date

        with suppress(UnknownLocaleError):
            day = format_date(due.date(), "long", Locale.parse(language, sep="-"))
    return f"{day}, {due:%H:%M} UTC{zone}"


def days_late(submitted: datetime, due: datetime) -> int:
    """Return how many days after the due date a file came, begun days counted as whole, 0 if none.

    A time without a zone is taken for one in the zone of `due`.
    """
    if submitted.tzinfo is None:
        submitted = submitted.replace(tzinfo=due.tzinfo)
    return max(0, -((due - submitted) // timedelta(days=1)))
