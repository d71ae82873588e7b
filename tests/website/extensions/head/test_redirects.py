import pytest

from website.extensions.head.redirects import redirect_faults, redirect_page

PAGES = {"book/ttest.html", "book/index.html"}


def test_old_page_leads_to_the_new_one_from_its_own_folder():
    html = redirect_page("book/test.html", "book/ttest.html#top", "https://x.org/b/")
    assert '<meta http-equiv="refresh" content="0; url=ttest.html#top">' in html
    assert '<a href="ttest.html#top">' in html
    assert '<link rel="canonical" href="https://x.org/b/book/ttest.html#top">' in html


def test_redirect_from_another_folder_climbs_out_of_it():
    assert 'href="../book/ttest.html"' in redirect_page("old/a.html", "book/ttest.html", "")


def test_redirect_takes_the_place_in_the_address_along():
    html = redirect_page("index.html", "book/index.html", "")
    script = '<script>location.replace("book/index.html" + location.hash)</script>'
    assert script in html
    assert html.index(script) < html.index('http-equiv="refresh"')
    assert "<script>" not in redirect_page("old.html", "book/ttest.html#top", "")


def test_redirect_ends_no_script_and_names_the_icon():
    html = redirect_page("old/a.html", "book/</script>.html", "")
    assert html.count("</script>") == 1
    assert '<link rel="icon" href="../_static/favicon.svg">' in html


@pytest.mark.parametrize(
    ("redirects", "said"),
    [
        ({"a.html": "book/gone.html"}, "a.html leads to book/gone.html, which is not a page"),
        ({"book/ttest.html": "book/index.html"}, "book/ttest.html is a page of the book"),
    ],
)
def test_redirect_that_leads_nowhere_or_hides_a_page_is_refused(redirects, said):
    assert said in "; ".join(redirect_faults(redirects, PAGES))


def test_sound_redirect_has_no_fault():
    assert redirect_faults({"old.html": "book/ttest.html#top"}, PAGES) == []
