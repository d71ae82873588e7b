"""A catalogue is read, and one that would spoil a page is refused with file, line and remedy."""

import pytest

from homework_tools.words.catalogues import (
    OF_PAGE,
    OF_SITE,
    compiled,
    read_catalogue,
    script_words,
)
from homework_tools.words.translator import gettext, ngettext, speaking

HEAD = """\
msgid ""
msgstr ""
"Language: de\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
COUNT = 'msgid "{n} gene"\nmsgid_plural "{n} genes"\n'


def catalogue(tmp_path, text, filled=OF_SITE):
    path = tmp_path / "site.po"
    path.write_text(HEAD + text, encoding="utf-8")
    return read_catalogue(path, filled)


def test_what_has_no_translation_or_a_fuzzy_one_is_english(tmp_path):
    text = 'msgid "Copied"\nmsgstr "Kopiert"\n\n#, fuzzy\nmsgid "Run"\nmsgstr "Los"\n'
    found = catalogue(tmp_path, text)
    with speaking(compiled(found)):
        said = [gettext(words) for words in ("Copied", "Run", "Stop")]
    assert said == ["Kopiert", "Run", "Stop"]
    assert script_words(found)["messages"] == {"\4Copied": "Kopiert"}


def test_nothing_to_say_stays_nothing(tmp_path):
    with speaking(compiled(catalogue(tmp_path, 'msgid "Copied"\nmsgstr "Kopiert"\n'))):
        assert gettext("") == ""


@pytest.mark.parametrize("name", ["POT-Creation-Date", "PO-Revision-Date"])
def test_another_date_makes_no_other_language(tmp_path, name):
    dates = [f'"{name}: 2026-01-0{day} 08:00+0000\\n"\n' for day in (1, 2)]
    first, second = (compiled(catalogue(tmp_path, date)) for date in dates)
    assert first == second


def test_a_count_has_the_form_that_the_language_asks_for(tmp_path):
    found = catalogue(tmp_path, f'{COUNT}msgstr[0] "ein Gen"\nmsgstr[1] "{{n}} Gene"\n')
    with speaking(compiled(found)):
        said = [ngettext("{n} gene", "{n} genes", n) for n in (0, 1, 2)]
    assert said == ["0 Gene", "ein Gen", "2 Gene"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('msgid "Hint {count}"\nmsgstr "Hinweis"\n', r"lacks \{count\}: write \{count\} as in the"),
        ('msgid "Hint"\nmsgstr "{x}"\n', r"has \{x\}, which nothing fills in: take it out"),
        ('msgid "a"\nmsgstr "{"\n', r"has \{, which nothing fills in: take it out"),
        ('msgid "<p>a"\nmsgstr "a"\n', "lacks <p>: write <p> as in the original"),
        ('msgid "{a}"\nmsgstr "{a} {a}"\n', "repeats what is filled in: write {a} as in the"),
        (f'{COUNT}msgstr[0] "ein Gen"\nmsgstr[1] "Gene"\n', r"lacks \{n\}.*\(msgstr\[1\]\)"),
        (f'{COUNT}msgstr[0] "ein Gen"\n', r"needs 2 forms, msgstr\[0\] to msgstr\[1\]: write each"),
    ],
)
def test_a_translation_that_spoils_what_is_filled_in_is_refused(tmp_path, text, fault):
    with pytest.raises(ValueError, match=rf"site\.po:7: the translation of '.*' {fault}"):
        catalogue(tmp_path, text)


def test_a_passage_keeps_its_glued_numbers_and_its_date(tmp_path):
    passage = 'msgid "It is {glue:text}`total:.1f`, due on {{ due_date }}."\n'
    with pytest.raises(ValueError, match=r"lacks \{glue:text\}`total:.1f`"):
        catalogue(tmp_path, f'{passage}msgstr "Es ist 5, bis {{{{ due_date }}}}."\n', OF_PAGE)


def test_a_file_that_is_no_catalogue_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"site\.po: not a catalogue of gettext"):
        catalogue(tmp_path, 'msgid "Copied\n')
