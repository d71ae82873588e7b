"""A table's HTML brings its cells into the page and nothing that acts or looks of its own."""

import pytest

pytestmark = pytest.mark.usefixtures("manifest")
SHOW = """async ([module, html]) => {
  const { sanitized } = await import(module);
  const box = document.createElement("div");
  box.append(sanitized(html));
  document.body.append(box);
  await new Promise((done) => setTimeout(done, 300)); // an image would have failed by now
  return [box.innerHTML, globalThis.ran ?? null];
}"""
TABLE = '<table><tbody><tr><th scope="row">a</th><td colspan="2">1</td></tr></tbody></table>'


@pytest.fixture
def shown(new_page, address):
    """Return a function that puts HTML into a page: what is there, and what of it has run."""
    page = new_page()
    page.goto(f"{address}/book/glossary.html", wait_until="load")
    asked = []
    page.on("request", lambda one: asked.append(one.url))

    def show(html):
        found, ran = page.evaluate(SHOW, [f"{address}/python/sanitize.mjs", html])
        allowed = ("/python/sanitize.mjs", "/favicon.svg")
        assert [url for url in asked if not url.endswith(allowed)] == []
        assert ran is None
        return found

    return show


BECOMES = [
    (TABLE, TABLE),
    ("<style>td { color: red }</style><table></table>", "<table></table>"),
    ("<script>ran = 1</script><b>x</b>", "<b>x</b>"),
    ('<b onclick="ran = 1" style="color: red" id="top" class="c">x</b>', "<b>x</b>"),
    ('<a href="javascript:ran = 1">x</a>', "x"),
    ('<img src="nothing.png" onerror="ran = 1">x', "x"),
    ('<svg onload="ran = 1"><script>ran = 1</script></svg>x', "x"),
    ('<iframe src="a.html" srcdoc="<script>parent.ran = 1</script>"></iframe>x', "x"),
    ('<math><mtext><style><img src=x onerror="ran = 1"></style></mtext></math>x', "x"),
    ('<form action="x"><button formaction="javascript:ran = 1">x</button></form>', "x"),
    ('<object data="x.html"></object><template><script>ran = 1</script></template>', ""),
    (
        '<table background="x.png"><tr><td><img src=x onerror="ran = 1">1',
        "<table><tbody><tr><td>1</td></tr></tbody></table>",
    ),
    ("a &lt;script&gt;", "a &lt;script&gt;"),
]


@pytest.mark.both_engines
def test_table_is_kept_and_all_that_acts_is_not(shown):
    for html, left in BECOMES:
        assert shown(html) == left, html
