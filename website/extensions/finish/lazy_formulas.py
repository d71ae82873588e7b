"""Load MathJax when a reader comes near a formula or does anything at all, not before the text."""

import re

MATHJAX = re.compile(r'<script defer="defer" src="([^"]*mathjax/startup\.js)"></script>')
LOADER = """\
<script>
(() => {{
  let asked = false;
  const load = () => {{
    if (asked) return;
    asked = true;
    document.head.append(Object.assign(document.createElement("script"), {{src: "{source}"}}));
  }};
  for (const name of ["scroll", "pointermove", "touchstart", "keydown", "beforeprint"])
    addEventListener(name, load, {{once: true, passive: true}});
  addEventListener("DOMContentLoaded", () => {{
    const near = (all) => all.some((each) => each.isIntersecting) && load();
    const watch = new IntersectionObserver(near, {{rootMargin: "25%"}});
    document.querySelectorAll(".math").forEach((each) => watch.observe(each));
  }});
}})();
</script>"""


def lazy_formulas(html: str) -> str:
    """Return a page that fetches MathJax when it is needed.

    Parameters
    ----------
    html : str
        The whole page.

    Returns
    -------
    str
        The page; one that loads no MathJax stays as it is.
    """
    return MATHJAX.sub(lambda found: LOADER.format(source=found[1]), html)
