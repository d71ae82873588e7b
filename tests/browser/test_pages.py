"""Each page, loaded as a reader loads it, asks nobody else for anything and breaks nowhere."""

import pytest

import tasks

PAGES = [
    "index.html",
    "search.html",
    "genindex.html",
    *(f"book/{path.stem}.html" for path in sorted((tasks.ROOT / "book").glob("*.md"))),
]


@pytest.mark.parametrize("name", PAGES)
def test_page_asks_no_other_host_and_meets_no_error(name, address, new_page, built_site):
    if not (built_site / name).is_file():
        pytest.skip(f"{name} is not published now")
    page = new_page()
    requests, failures, errors = [], [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("response", lambda answer: failures.append(answer.url) if answer.status > 399 else 0)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}/{name}", wait_until="networkidle")
    outside = [url for url in requests if not url.startswith((address, "data:", "blob:"))]
    assert (outside, failures, errors) == ([], [], [])
    assert page.locator("mjx-merror").count() == 0
