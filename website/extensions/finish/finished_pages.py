"""Finish the site: each page is read once, goes through one list of functions, is written once."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from sphinx.application import Sphinx

from homework_tools.text_files import write_text
from website.extensions.finish.images import sized_images, webp_figures, write_webp
from website.extensions.finish.joint_file import JointFile
from website.extensions.finish.light_assets import drop_unused, write_icons
from website.extensions.finish.math_font import write_math_font
from website.extensions.finish.one_script import join_scripts
from website.extensions.finish.one_stylesheet import LINK, join_sheets
from website.extensions.finish.text_fonts import write_text_fonts
from website.extensions.finish.tidy_html import (
    tidy_bibliography,
    tidy_exercises,
    tidy_tables,
    tidy_templates,
)
from website.extensions.notebook.execution import nb_config
from website.python.files import python_files
from website.python.files.pack import write_site


def steps(path: Path, joint: list[JointFile]) -> list[Callable[[str], str]]:
    """Return what is done to a page, in this order; a finished page stays as it is.

    `joint` take the places of the files that most pages share.
    """
    return [
        tidy_tables,
        tidy_bibliography,
        tidy_exercises,
        tidy_templates,
        partial(webp_figures, folder=path.parent),
        partial(sized_images, folder=path.parent),
        *(each.named_in for each in joint),
    ]


def finish_pages(top: Path, cache: Path, written: set[str], *, is_preview: bool = False) -> None:
    """Finish the pages that were written, and write the files that follow from all pages.

    `written` are their names, such as ``book/ttest``; the others are finished already.
    `cache` keeps converted figures and fonts for the next build.
    """
    static = top / "_static"
    paths = [path for path in sorted(top.rglob("*.html")) if static not in path.parents]
    pages = {path: path.read_text(encoding="utf-8") for path in paths}
    drop_unused(static)
    write_webp(top / "_images", cache)
    write_math_font(static, pages.values(), cache)
    write_text_fonts(static, pages.values(), cache)
    # In a preview a sheet that has changed is seen at once.
    joint = [] if is_preview else [join_sheets(top, pages, cache), join_scripts(top, pages)]
    joint = list(filter(None, joint))
    write_icons(static, cache, are_joined=any(each.tag is LINK for each in joint))
    for path in sorted(pages.keys() & {top / f"{name}.html" for name in written}):
        html = pages[path]
        for step in steps(path, joint):
            html = step(html)
        write_text(path, html)


def _note_page(app: Sphinx, pagename, templatename, context, doctree) -> None:
    vars(app).setdefault("unfinished_pages", set()).add(pagename)


def _finish(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and app.builder.format == "html":
        # where it goes when a cell can come out otherwise
        outputs = nb_config(app.env).execution_cache_path or app.doctreedir
        written = vars(app).pop("unfinished_pages", set())
        cache = Path(outputs, "finished")
        finish_pages(Path(app.outdir), cache, written, is_preview=app.config.is_preview)


def _write_python(app: Sphinx, exception: Exception | None) -> None:
    """Copy what pages fetch to run Python; without it the site has no page that would ask."""
    if exception is None and app.builder.name == "html" and (manifest := python_files()):
        write_site(manifest, Path(app.outdir))
