"""Free text is marked by keyboard alone, saved, and merged by the next run."""

import pytest

from tests.homework_tools.submissions import notebook, put, run, written
from tests.website.browser.visits import scrolls_sideways, violations

HOSTILE = (
    "</script><script>document.title = 'taken'</script>\n\n  <img src=x onerror=alert(1)>\tend"
)
ANSWERS = {
    "ada": "On a log scale factors become differences.",
    "bob": HOSTILE,
    "zoë": "W" * 2000,
}


@pytest.fixture
def course(tmp_path):
    """Return the folder of a class of three, graded once; its page is anonymous."""
    for name, words in ANSWERS.items():
        cells = [written(words, "3"), written("Five.", "5")]
        put(tmp_path / "in", f"{name}.ipynb", notebook(cells))
    run(tmp_path, "--anonymous")
    return tmp_path


def opened(new_page, folder, **options):
    page = new_page(**options)
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.on("console", lambda message: pytest.fail(message.text))
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto((folder / "out" / "mark.html").as_uri())
    return page


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def mark(page):
    """Mark the answer that is shown, as the one who wrote it deserves; return its code."""
    text = page.locator("#text").text_content()
    code = page.locator("#who").text_content().split(":")[0]
    if text == ANSWERS["ada"]:
        press(page, "f", "a")
        page.keyboard.type("-0.5")
        press(page, "Enter", "c")
        page.keyboard.type('Say "why", n and s too.')
        press(page, "Escape")
        assert page.locator("#points").text_content() == "2.5 of 3 points"
    elif text == HOSTILE:
        press(page, "1", "3", "3")
        assert page.locator("#points").text_content() == "1 of 3 points"
    else:
        press(page, "2", "0")
    return code


def test_three_answers_are_marked_by_keyboard_and_merged(course, new_page, capsys):
    page = opened(new_page, course)
    content = (course / "out" / "mark.html").read_text(encoding="utf-8")
    assert not [name for name in ANSWERS if f'"{name}"' in content]
    page.wait_for_function("document.activeElement === document.body")
    assert page.locator("#question").input_value() == "3"  # nobody has answered 1a
    for _ in ANSWERS:
        last = mark(page)
        press(page, "n")
    assert page.locator("#question").input_value() == "5"
    press(page, "Q", "r", "1")  # the first comment again, for the first answer
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
    assert not scrolls_sideways(page)
    press(page, "s")  # it asks for a name first
    page.keyboard.type("Ann B.")
    press(page, "Escape")
    with page.expect_download() as download:
        press(page, "s")
    saved = course / "out" / download.value.suggested_filename
    download.value.save_as(saved)
    assert saved.name == "grades_by_hand-Ann-B.csv"
    again = page.context.new_page()  # what was marked is kept in the browser
    again.goto(page.url)
    assert "3 of 6 in all." in again.locator("#progress-words").text_content()
    assert again.title().startswith("Marking: ")
    assert {url.partition(":")[0] for url in page.asked} <= {"file", "blob", "data"}

    rows = run(course, "--anonymous")
    assert [row["3"] for row in rows.values()] == ["2.5", "1", "0"]
    assert 'Say "why", n and s too.' in (course / "out/feedback/ada.md").read_text("utf-8")
    assert "hand grade" in (course / "out" / "changes.csv").read_text(encoding="utf-8")
    other = saved.read_text("utf-8-sig").replace("Ann B.", "Ben").replace('"2.5"', '"2"')
    put(course / "out", "grades_by_hand-Ben.csv", other.encode())
    with pytest.raises(SystemExit) as refused:
        run(course)
    assert "2.5 points at grades_by_hand-Ann-B.csv:" in str(refused.value)
    assert "2 at grades_by_hand-Ben.csv:" in str(refused.value)
    assert run(course, "--prefer", "grades_by_hand-Ben.csv")["ada"]["3"] == "2"
    assert last in (course / "out" / "codes.csv").read_text(encoding="utf-8")


def test_question_is_chosen_by_arrow_keys(course, new_page):
    page = opened(new_page, course)
    page.locator("#question").focus()
    press(page, "ArrowDown", "ArrowDown")
    assert page.locator("#question").input_value() == "5"
    assert page.locator("#text").text_content() == "Five."
    assert page.locator("#question").evaluate("each => each === document.activeElement")


def test_another_browser_goes_on_from_the_merged_marks_or_from_a_file(course, new_page):
    header = b"student,question,points,comment,earned,version,marker,saved\n"
    given = header + b'ada,3,1,"As given.",,,Ann,2026-01-01T00:00:00.000Z\n'
    put(course / "out", "grades_by_hand-Ann.csv", given)
    run(course)
    page = opened(new_page, course)
    press(page, "u", "u", "u")  # three answers to question 5, then those of 3
    assert "1 of 6 in all." in page.locator("#progress-words").text_content()
    rows = given.replace(b"ada,3,1", "zoë,5,2".encode()).replace(b"As given.", b"From a file.")
    page.locator("#open").set_input_files(
        {"name": "saved.csv", "mimeType": "text/csv", "buffer": rows}
    )
    page.locator("#said", has_text="1 of 1 marks taken from saved.csv.").wait_for()
    assert "2 of 6 in all." in page.locator("#progress-words").text_content()
    page.locator("#parts").fill("2")
    press(page, "Tab")
    counts = [page.locator("#progress-words").text_content()]
    page.locator("#part").fill("2")
    press(page, "Tab")
    counts.append(page.locator("#progress-words").text_content())
    assert ["of 4 in all" in counts[0], "of 2 in all" in counts[1]] == [True, True]
    page.locator("#keys").uncheck()
    before = page.locator("#who").text_content()
    press(page, "n")
    assert page.locator("#who").text_content() == before
