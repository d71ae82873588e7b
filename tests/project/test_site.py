"""The real book builds under the gate's own command, and its pages are what they should be."""

import importlib.metadata
import re
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

import tasks
from homework_tools.editions.leaks import grading_secrets, solution_secrets
from homework_tools.master.course import read_course
from homework_tools.master.read import read_master
from homework_tools.master.sections import anchor
from tests.homework_tools.submissions import leaks_of, secret_answers
from tests.shown import shown
from tools.chapters import chapters_with_cells

CHAPTERS = shown(path.stem for path in chapters_with_cells())
ASSET = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
NOT_LOADED = {"canonical", "license", "alternate", "next", "prev", "author"}


class Tags(HTMLParser):
    """Collects the tags of a page with their attributes."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


@cache
def tags_of(path):
    parser = Tags()
    parser.feed(path.read_text(encoding="utf-8"))
    return parser.found


@pytest.fixture(scope="module")
def site(built_site):
    """Return the folder of the built site."""
    return built_site


@pytest.fixture(scope="module")
def pages(site):
    """Return the tags of every page, by name."""
    return {path.stem: tags_of(path) for path in sorted(site.glob("*/*.html"))}


def test_book_builds_without_a_warning(site):
    assert (site / "index.html").is_file()


def test_every_image_has_an_alt_text_that_is_no_file_name(pages):
    images = [
        (name, tag["src"], tag.get("alt"))
        for name, tags in pages.items()
        for kind, tag in tags
        if kind == "img" and tag.get("class", "").split()[:1] != ["logo__image"]  # beside its name
    ]
    assert images
    bad = [
        image
        for image in images
        if not image[2] or re.search(r"_images/|\.png|\.svg|\.webp", image[2])
    ]
    assert bad == []


def test_no_page_loads_anything_from_another_host(pages):
    loaded = [
        (name, kind, tag[ASSET[kind]])
        for name, tags in pages.items()
        for kind, tag in tags
        if tag.get(ASSET.get(kind)) and not NOT_LOADED & set((tag.get("rel") or "").split())
    ]
    assert loaded
    assert [item for item in loaded if re.match(r"(https?:)?//", item[2])] == []


def test_every_local_asset_and_link_leads_somewhere(site):
    dead = []
    for path in sorted(site.glob("book/*.html")):
        for kind, tag in tags_of(path):
            target = tag.get("href" if kind in ("a", "link") else "src") or ""
            file = re.sub(r"[?#].*", "", target)
            if file and not re.match(r"[a-z]+:|//", target) and not (path.parent / file).exists():
                dead.append((path.name, target))
    assert dead == []


@pytest.mark.parametrize("name", [name for name in CHAPTERS if name != "index"])
def test_chapter_offers_its_notebook_for_download(name, pages, site):
    links = [tag.get("href") or "" for kind, tag in pages[name] if kind == "a"]
    notebooks = [link for link in links if link.endswith(f"{name}.ipynb")]
    assert notebooks
    assert all((site / "book" / link).is_file() for link in notebooks if "//" not in link)


def test_site_holds_no_secret_of_the_homework(site):
    master = read_master()
    secrets = grading_secrets(master) + secret_answers()
    if master.settings.solutions == "hidden":
        secrets += solution_secrets(master)
    assert len(secrets) > 40
    assert leaks_of(secrets, site) == []


def test_notebook_of_the_homework_can_be_downloaded(site, pages):
    links = [tag.get("href") or "" for kind, tag in pages["homework"] if kind == "a"]
    notebooks = [link for link in links if "_downloads/homework/" in link]
    assert [link.rpartition(".")[2] for link in notebooks] == ["ipynb", "md"]
    assert all((site / "book" / link).is_file() for link in notebooks)


def ids(path):
    """Return the places in a page that an address can name."""
    return {tag["id"] for _, tag in tags_of(path) if tag.get("id")}


@pytest.mark.parametrize("page", ["homework", "homework_here"])
def test_each_question_has_an_address_and_links_to_the_section_that_teaches_it(page, site, pages):
    master = read_master()
    assert {f"question-{question}" for question in master.questions()} <= ids(
        site / "book" / f"{page}.html"
    )
    links = [tag.get("href") or "" for kind, tag in pages[page] if kind == "a"]
    wanted = [(s.chapter, anchor(h)) for s in master.sections.values() for h in s.headings]
    assert [f"{c}.html#{a}" for c, a in wanted if f"{c}.html#{a}" not in links] == []
    assert [(c, a) for c, a in wanted if a not in ids(site / "book" / f"{c}.html")] == []


def test_notebook_of_the_homework_has_the_addresses_of_the_published_site(site):
    master = read_master(site="https://ada.github.io/fork/")
    notebook = (site / "_downloads" / "homework" / f"{master.settings.id}.ipynb").read_text("utf-8")
    named = [master.section(question) for question in master.questions()]
    assert "(https://ada.github.io/fork/book/ttest.html#the-top-ten)" in named[6]
    assert [words for words in named if words not in notebook] == []


def test_each_chapter_of_the_homework_leads_to_its_questions(pages):
    links = [tag.get("href") or "" for tags in pages.values() for _, tag in tags]
    asked = [f"homework.html#question-{question}" for question in read_master().questions()]
    assert [link for link in asked if link not in links] == []


def meta(tags, name):
    """Return what a page says of itself by a name, such as `description`."""
    return [
        tag.get("content")
        for kind, tag in tags
        if kind == "meta" and name in (tag.get("name"), tag.get("property"))
    ]


def test_each_page_has_one_description_of_its_own(pages):
    found = {name: meta(tags, "description") for name, tags in pages.items()}
    assert [name for name, texts in found.items() if len(texts) != 1] == []
    texts = [each[0] for each in found.values()]
    assert len(set(texts)) == len(texts)
    assert [text for text in texts if not 20 <= len(text) <= 200] == []
    assert {
        name for name, tags in pages.items() if meta(tags, "og:description") != found[name]
    } == set()


def test_chapter_is_described_by_its_own_question(pages):
    text = (tasks.ROOT / "book" / "volcano.md").read_text(encoding="utf-8")
    question = re.search(r"\nQuestion\n: (.*)", text)[1]
    assert meta(pages["volcano"], "description") == [question]


def test_shared_link_shows_a_picture_that_the_site_holds(pages, site):
    for tags in pages.values():
        image = meta(tags, "og:image")[0]
        base = re.sub(r"book/[\w-]+\.html$", "", meta(tags, "og:url")[0])
        assert image.startswith(base)
        assert (site / image.removeprefix(base)).is_file()


def test_sitemap_lists_every_chapter_at_its_own_address(site, pages):
    listed = re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    canonical = {
        tag["href"]
        for tags in pages.values()
        for kind, tag in tags
        if tag.get("rel") == "canonical"
    }
    assert set(listed) == canonical
    assert len(listed) == len(pages)


def test_site_does_not_say_where_and_when_it_was_built(site):
    """Or two builds of one commit would differ; what `python/files` holds others have built."""
    places = {str(each).encode() for each in (tasks.ROOT, site, sys.prefix, Path.home())}
    found = re.compile(b"|".join(map(re.escape, places)) + rb"|20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d")
    files = [path for path in site.rglob("*") if path.is_file()]
    ours = [path for path in files if site / "python" / "files" not in path.parents]
    assert len(ours) > 100
    assert [path.name for path in ours if found.search(path.read_bytes())] == []


def test_footer_says_the_license_and_the_edition(site):
    html = (site / "book" / "ttest.html").read_text(encoding="utf-8")
    version = importlib.metadata.version("rnaseq-hw")
    footer = html[html.index("bd-footer-content__inner") :]
    assert 'rel="license"' in footer
    assert f"Edition {version}" in footer


def test_first_page_says_how_to_cite_the_book(site):
    html = (site / "book" / "index.html").read_text(encoding="utf-8")
    course = read_course()
    assert f"{course.author}. {course.title}" in html
    assert "@misc" in html


def test_page_of_the_homework_opens_the_students_notebook_on_binder(pages):
    (link,) = [tag["href"] for kind, tag in pages["homework"] if "mybinder" in tag.get("href", "")]
    notebook = f"homework/{read_master().settings.id}.ipynb"
    assert link == f"https://mybinder.org/v2/gh/ada/fork/notebooks?urlpath=lab/tree/{notebook}"
