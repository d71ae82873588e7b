"""Let each page work in a browser that refuses to store anything.

Where a reader blocks cookies, `localStorage` throws as soon as it is named, and the theme's scripts
name it on every page. There they get a memory that lasts as long as the page.
"""

from sphinx.application import Sphinx

MEMORY = """\
<script>
try { localStorage; sessionStorage; } catch {
  const kept = new Map(), value = {
    getItem: (name) => kept.get(name) ?? null,
    setItem(name, words) { kept.set(name, String(words)); },
    removeItem(name) { kept.delete(name); },
  };
  Object.defineProperties(window, { localStorage: { value }, sessionStorage: { value } });
}
</script>
"""


def _add_memory(app: Sphinx, pagename, templatename, context, doctree) -> None:
    context["metatags"] = context.get("metatags", "") + MEMORY
