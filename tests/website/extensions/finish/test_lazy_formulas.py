from website.extensions.finish.lazy_formulas import lazy_formulas

SCRIPT = '<script defer="defer" src="../_static/mathjax/startup.js"></script>'


def test_mathjax_waits_until_it_is_needed():
    html = lazy_formulas(f"<p>{SCRIPT}</p>")
    assert SCRIPT not in html
    assert '{src: "../_static/mathjax/startup.js"}' in html
    assert lazy_formulas(html) == html


def test_page_without_formulas_stays_as_it_is():
    assert lazy_formulas('<script defer src="own.js"></script>') == (
        '<script defer src="own.js"></script>'
    )
