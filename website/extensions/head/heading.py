"""Let a link to a heading land on it, though faces and formulas may come late (`heading.js`)."""

from sphinx.application import Sphinx

SCRIPT = "heading.js"


def setup_heading(app: Sphinx) -> None:
    """Give each page the script."""
    app.add_js_file(SCRIPT, loading_method="defer")
