"""A small book, made in a second language: what is not in the catalogues is found, word by word.

A few passages are German; each other message is what it was, in angle quotes.
"""

import re

import pytest
from bs4 import BeautifulSoup, NavigableString

from tests.website.extensions.conftest import LAB, Build, copy_healthy_book, shared_outputs
from tests.website.words.pseudo import quote_file, unquoted
from tools.book import execution_key
from tools.environment import read
from tools.messages import update_messages

SUM = (
    "The sum is {glue:text}`total:.1f`, where $x = 0$ says little about any {term}`p-value`; see "
    "{numref}`fig-line`, [](#ttest) and {cite:t}`welch1947`. It is due on {{ due_date }}."
)
GERMAN = {
    "Part 4: A healthy chapter": "Teil 4: Ein gesundes Kapitel",
    "Twice": "Zweimal",
    SUM: "Abgabe {{ due_date }}: {glue:text}`total:.1f` ist die Summe, $x = 0$ sagt wenig über "
    "{term}`p-value`; siehe {numref}`fig-line`, [](#ttest) und {cite:t}`welch1947`.",
    "What is `sum([1, 2])`, where $x = 0$?": "Was ist `sum([1, 2])`, wenn $x = 0$?",
    "It is {glue:text}`total:.1f`.": "Es ist {glue:text}`total:.1f`.",
    "Check yourself": "Prüfe dich",
}
AS_IT_IS = {"p-value"}  # a term's links name it
EXERCISE = (
    ":::{pycell}\n**Write it yourself.**\n\n--- code\nx = ...\n--- hint\nTry.\n--- solution\n"
    "x = 1\n--- check\nassert x == 1, 'x must be 1'\n:::\n\nIt is {glue:text}`total` in all.\n\n"
    "## Key points"
)
MADE = """\
# What the site makes

| What | Version |
|---|---|
| Commit | {built}`commit` |
| First result | {built}`measured chapter` |

```{course-path} The homework
```

See [](ttest.md#key-points).

Then see [what follows](ttest.md#what-is-next).
"""
CONTENTS = """\
format: jb-book
root: book/index
parts:
  - caption: The homework
    chapters: [{file: book/ttest}, {file: book/with_lab}]
  - caption: Reference
    chapters: [{file: book/made}]
"""
NOT_WORDS = "script, style, code, pre, math, .pasted-text, .dataframe, .headerlink, svg, .citation"
OWN = "rnaseq authors RNA seq Expression Homework"  # the course's names
OF_SPHINX = "Übung Lösung Abb UTC Februar"
KNOWN = {*re.findall(r"\w+", f"{OF_SPHINX} {GERMAN}")}
# What Sphinx and the theme say, in German or in English, in the frame of each page.
FRAME = """\
Skip to main content Back to top Ctrl Suche Durch Copyright Version warning Color mode Main Page
Search this book Laden Sie diese Seite herunter In PDF drucken Vollbildmodus Toggle primary
secondary sidebar Launch interactive content ipynb pdf index html System Settings Dark Light
Link heading Quelldatei Inhalt weiter zurück next previous page Please activate JavaScript
enable the search functionality Fehler Stichwortverzeichnis Sonderzeichen
"""
SPOKEN = ("aria-label", "aria-valuetext", "placeholder", "data-empty")


TRANSLATED = """\
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8"

msgid "Twice"
msgstr "Zweimal"
"""


@pytest.fixture(scope="module")
def updated(tmp_path_factory):
    """The book with its catalogues, brought up to date after a build of the site."""
    book = copy_healthy_book(tmp_path_factory.mktemp("german") / "book")
    book.copy_chapter("with_lab")
    book.plant("The sum is {glue", f"{LAB}\nThe sum is {{glue", chapter="with_lab")
    book.own_labels("with_lab")
    book.plant("## Key points", EXERCISE)
    (book.folder / "course.yml").write_text("language: de\n", encoding="utf-8")
    (book.folder / "book" / "made.md").write_text(MADE, encoding="utf-8")
    (book.folder / "_toc.yml").write_text(CONTENTS, encoding="utf-8")
    known = book.folder / CATALOGUES / "book" / "ttest.po"
    known.parent.mkdir(parents=True)
    known.write_text(TRANSLATED, encoding="utf-8")
    made = book.folder.with_name("made")
    (made / READ_FOR_THE_SITE).mkdir(parents=True)
    update(book.folder, made)
    return book, made, read(known)


@pytest.fixture(scope="module")
def site(updated) -> Build:
    """The book in German, its catalogues filled."""
    book, _, _ = updated
    for path in sorted((book.folder / CATALOGUES).rglob("*.po")):
        quote_file(path, GERMAN, AS_IT_IS)
    return book.build()


CATALOGUES = "local/locales/de/LC_MESSAGES"
READ_FOR_THE_SITE = "_build/.doctrees/book/ttest.doctree"


def update(folder, output):
    """Bring the catalogues of a book up to date."""
    cache = output / "_build" / ".jupyter_cache"
    with shared_outputs(cache):
        cache.with_name("execution-key.txt").write_text(execution_key(), encoding="utf-8")
        update_messages(folder, output)


def test_update_after_a_build_of_the_site_keeps_what_is_translated(updated):
    """What Sphinx has read for the site is of no use to it then."""
    _, made, catalogue = updated
    assert 'msgid "Twice"\nmsgstr "Zweimal"' in catalogue
    assert catalogue.count("msgstr") > 10
    assert not (made / READ_FOR_THE_SITE).is_dir()


@pytest.fixture(scope="module")
def chapter(site):
    assert site.exit_code == 0, site.output
    return BeautifulSoup(read(site.html / "book" / "ttest.html"), "html.parser")


def english(part, known=KNOWN):
    """Return the words of a part of a page that no catalogue holds."""
    for each in part.select(NOT_WORDS):
        each.decompose()
    spoken = [str(each[name]) for name in SPOKEN for each in part.select(f"[{name}]")]
    texts = [str(each) for each in part.descendants if type(each) is NavigableString]
    return [word for text in (" ".join(texts), *spoken) for word in unquoted(text, known)]


def test_a_page_is_in_the_course_s_language_with_its_numbers(chapter):
    assert chapter.html["lang"] == "de"
    assert chapter.h1.get_text().startswith("Teil 4: Ein gesundes Kapitel")
    words = " ".join(chapter.article.get_text().split())
    assert re.search(r"399600\.0 ist die Summe, .* sagt wenig über p-value; siehe Abb\. 1,", words)
    assert "(Zweimal)" in words
    assert "Übung 1 (Zweimal)" in chapter.select_one(".solution .admonition-title").get_text()


def test_links_lead_to_the_headings_of_another_page(site):
    links = BeautifulSoup(read(site.html / "book" / "made.html"), "html.parser").select("p a")
    found = {str(link["href"]): link.get_text() for link in links}
    assert found["ttest.html#key-points"] == "«Key points»"
    assert "ttest.html#what-is-next" in found


def test_a_quiz_is_translated_whole(chapter):
    quiz = chapter.select_one(".quiz")
    assert quiz.legend.get_text().strip() == "Was ist sum([1, 2]), wenn x=0?"
    assert quiz.label.get_text().strip() == "Es ist 399600.0."
    assert quiz.select_one(".quiz-title").get_text() == "Prüfe dich"
    assert quiz.select_one(".quiz-check").get_text() == "«Check»"


def test_menus_are_in_the_language_that_sphinx_and_the_theme_know(chapter):
    assert chapter.select_one("[aria-label=Suche]")
    assert "Teil 4: Ein gesundes Kapitel" in chapter.title.get_text()


def test_no_word_of_a_page_is_outside_of_the_catalogues(site):
    known = KNOWN | {*re.findall(r"\w+", FRAME)} | {*OWN.split()}
    pages = [path for path in site.html.rglob("*.html") if "_static" not in path.parts]
    bodies = {path: BeautifulSoup(read(path), "html.parser").body for path in pages}
    found = {
        str(path.relative_to(site.html)): english(body, known) for path, body in bodies.items()
    }
    assert {name: words for name, words in found.items() if words} == {}
    assert len(found) >= 8


def test_scripts_say_what_the_catalogue_says(site):
    lab, page = (
        read(path)
        for path in (site.html / "_static/lab/lab.js", site.html / "_static/python/chapter.mjs")
    )
    assert "«Not copied»" in lab
    assert "«Write and run it here»" in page
