"""A quiz works by keyboard, says its verdict in words, and can be read without JavaScript."""

from functools import cache

import pytest

PAGE = "book/ttest.html"


def right(quiz):
    """Return the number of the right option: what the page's own answers say."""
    answers = quiz.locator(".quiz-answers > ol > li")
    verdicts = [text.strip() for text in answers.all_text_contents()]
    (index,) = [i for i, verdict in enumerate(verdicts) if verdict.startswith("Right.")]
    return index


def verdict(quiz):
    return quiz.locator("[role=status]").inner_text()


def options(quiz):
    return quiz.locator("input[type=radio]")


@pytest.fixture(scope="module")
def quizzes(shared_context, address):
    """Return a function that gives the first quiz of a page that all tests of an engine share."""

    @cache
    def give(engine):
        page = shared_context(engine).new_page()
        page.goto(f"{address}/{PAGE}")
        return page.locator("div.quiz").first

    return give


@pytest.fixture
def quiz(quizzes, engine):
    return quizzes(engine)


@pytest.mark.both_engines
def test_check_without_a_choice_asks_for_one(quiz):
    quiz.get_by_role("button", name="Check").click()
    assert verdict(quiz) == "Choose an answer first."


@pytest.mark.both_engines
def test_choice_is_made_and_checked_by_keyboard(quiz):
    page = quiz.page
    options(quiz).first.focus()
    page.keyboard.press("Space")
    for _ in range(right(quiz)):
        page.keyboard.press("ArrowDown")
    assert verdict(quiz) == ""  # arrows alone give nothing away
    for _ in range(5):  # a formula among the options is a stop on the way
        page.keyboard.press("Tab")
        if quiz.get_by_role("button", name="Check").evaluate("e => e === document.activeElement"):
            break
    page.keyboard.press("Enter")
    assert verdict(quiz).startswith("Right.")


@pytest.mark.both_engines
def test_each_option_is_answered_by_its_own_explanation(quiz):
    told = []
    for index, option in enumerate(options(quiz).all()):
        option.check()
        assert verdict(quiz) == "", "a new choice clears the verdict on the last one"
        quiz.get_by_role("button", name="Check").click()
        assert verdict(quiz).startswith("Right." if index == right(quiz) else "Not right.")
        told.append(verdict(quiz))
    assert len(set(told)) == len(told) >= 2


def test_question_names_the_group_of_its_options(quiz):
    legend = quiz.locator("legend").inner_text()
    group = quiz.page.get_by_role("group", name=legend[:40])
    assert group.get_by_role("radio").count() == options(quiz).count()


def test_without_javascript_the_answers_open(address, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(f"{address}/{PAGE}")
    quiz = page.locator("div.quiz").first
    answer = quiz.locator(".quiz-answers li.right")
    assert not quiz.locator(".quiz-check").is_visible()
    assert not answer.is_visible()
    quiz.locator("summary").click()
    assert answer.is_visible()
    assert answer.inner_text().startswith("Right.")


def test_page_opened_from_disk_answers_too(built_site, new_page):
    page = new_page()
    page.goto((built_site / PAGE).as_uri())
    quiz = page.locator("div.quiz").first
    options(quiz).nth(right(quiz)).check()
    quiz.get_by_role("button", name="Check").click()
    assert verdict(quiz).startswith("Right.")


def test_paper_shows_the_answers_and_nothing_to_press(quiz):
    quiz.page.emulate_media(media="print")
    assert quiz.locator(".quiz-answers li.right").is_visible()
    assert quiz.locator("label").first.is_visible()
    assert not quiz.locator(".quiz-check").is_visible()
