"""Take a picture of every page, light and dark, wide and narrow, to look at before a release."""

import sys
from html import escape
from pathlib import Path

from homework_tools.text_files import write_text
from website.print.chromium import served, settle, started_chromium

MODES = [(width, theme) for width in (1280, 390) for theme in ("light", "dark")]
SHEET = """\
<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>Every page in four modes</title>
<style>
  body {{ font: 1rem sans-serif; }} img {{ width: 100%; border: 1px solid #999; }}
  .row {{ display: grid; grid-template-columns: 3fr 3fr 1fr 1fr; gap: 1rem; align-items: start; }}
  a {{ max-height: 40rem; overflow: hidden; }}
</style>
{rows}
"""


def page_names(site: Path) -> list[str]:
    """Return the paths of a site's pages, in order, without those that only lead to another.

    The page for lost readers is left out: it looks right only at the address that it is made for.
    """
    pages = sorted(path for path in site.rglob("*.html") if path.name != "404.html")
    whole = [path for path in pages if 'id="main-content"' in path.read_text(encoding="utf-8")]
    return [path.relative_to(site).as_posix() for path in whole]


def contact_sheet(names: list[str]) -> str:
    """Return a page that shows all the pictures, a row for each page of the site."""
    rows = []
    for name in names:
        files = [file_name(name, width, theme) for width, theme in MODES]
        links = [f'<a href="{file}"><img src="{file}" alt="{file}"></a>' for file in files]
        rows.append(f'<h2>{escape(name)}</h2><div class="row">{"".join(links)}</div>')
    return SHEET.format(rows="\n".join(rows))


def file_name(page: str, width: int, theme: str) -> str:
    """Return the name of a picture, such as ``book-ttest-390-dark.png``."""
    return f"{page.removesuffix('.html').replace('/', '-')}-{width}-{theme}.png"


def take_screenshots(site: Path, folder: Path) -> None:
    """Write the pictures of a site and the sheet that shows them all."""
    folder.mkdir(parents=True, exist_ok=True)
    names = page_names(site)
    with served(site) as address, started_chromium() as browser:
        for width, theme in MODES:
            size = {"width": width, "height": 900}
            page = browser.new_page(viewport=size, color_scheme=theme, reduced_motion="reduce")
            for name in names:
                page.goto(f"{address}/{name}")
                settle(page)
                page.evaluate("document.querySelectorAll('img').forEach(i => i.loading = 'eager')")
                page.wait_for_function("[...document.images].every(i => i.complete)")
                page.screenshot(path=folder / file_name(name, width, theme), full_page=True)
            page.close()
    write_text(folder / "index.html", contact_sheet(names))


if __name__ == "__main__":
    take_screenshots(Path(sys.argv[1]), Path(sys.argv[2]))
