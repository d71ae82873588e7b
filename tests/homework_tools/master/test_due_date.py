"""The due date: read, said in words, and compared with the time at which a file came."""

from datetime import UTC, datetime

import pytest

from homework_tools.master.due_date import days_late, in_words, read_due


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-02-02 23:59 +00:00", "2 February 2026, 23:59 UTC"),
        ("2026-02-02 23:59 +01:00", "2 February 2026, 23:59 UTC+01:00"),
        (" 2026-12-11 09:05 -03:30 ", "11 December 2026, 09:05 UTC-03:30"),
    ],
)
def test_due_date_is_read_and_said_in_words(text, words):
    assert in_words(read_due(text)) == words


@pytest.mark.parametrize(
    "text",
    ["2 February 2026", "2026-02-02", "2026-02-02 23:59", "2026-02-30 23:59 +00:00",
     "2026-02-02 24:59 +00:00", "2026-2-2 23:59 +00:00", ""],
)  # fmt: skip
def test_words_without_a_moment_are_refused(text):
    with pytest.raises(ValueError, match="not a day, a time and a difference"):
        read_due(text)


@pytest.mark.parametrize(
    ("submitted", "days"),
    [
        (datetime(2026, 2, 2, 22, 59, tzinfo=UTC), 0),
        (datetime(2026, 2, 2, 22, 59, 1, tzinfo=UTC), 1),
        (datetime(2026, 2, 3, 22, 59, tzinfo=UTC), 1),
        (datetime(2026, 2, 3, 22, 59, 1, tzinfo=UTC), 2),
        (datetime(2025, 1, 1, tzinfo=UTC), 0),
        (datetime(2026, 2, 2, 23, 59), 0),
        (datetime(2026, 2, 3, 0, 0), 1),
    ],
)
def test_a_begun_day_is_a_day_late(submitted, days):
    assert days_late(submitted, read_due("2026-02-02 23:59 +01:00")) == days


@pytest.mark.parametrize(
    ("tag", "day"), [("de", "2. Februar"), ("pt-BR", "2 de fevereiro"), ("xx", "2 February")]
)
def test_the_day_is_said_in_the_course_s_language(tag, day):
    assert in_words(read_due("2026-02-02 23:59 +00:00"), tag).startswith(day)
