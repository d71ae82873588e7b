"""Point the buttons of each page to the right repository, branch, file and question.

In a fork's CI the repository's address comes from the environment, so the fork's buttons point to
the fork; elsewhere it is the one in `_config.yml`.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from sphinx.application import Sphinx

from website.extensions.gate.code_cells import find_code_cells

AFTER_THEME = 502  # the theme makes its buttons at priority 501
ISSUE_BODY = """\
**Page:** {page}

**Where on the page** (section, or the first words of the paragraph or cell):

**What I expected:**

**What I found instead** (for an error, paste the whole message):

**Where I ran it** (this site, Binder, my own computer; Python version):
"""


def repository(environment: Mapping[str, str], url: str, branch: str) -> tuple[str, str]:
    """Return the repository's address and branch.

    Parameters
    ----------
    environment : mapping of str to str
        The environment's variables, as GitHub sets them in CI.
    url : str
        The address that `_config.yml` gives.
    branch : str
        The branch that `_config.yml` gives.

    Returns
    -------
    tuple of str
        The address and the branch. The branch of a pull request is never used: it is gone when
        the reader presses the button.
    """
    server, name = environment.get("GITHUB_SERVER_URL"), environment.get("GITHUB_REPOSITORY")
    if not (server and name):
        return url, branch
    ref = environment.get("GITHUB_REF_NAME", "")
    is_branch = environment.get("GITHUB_REF_TYPE") == "branch"
    is_pull_request = bool(environment.get("GITHUB_HEAD_REF"))
    return f"{server}/{name}", ref if ref and is_branch and not is_pull_request else branch


def issue_url(repository_url: str, title: str, address: str, source: str) -> str:
    """Return the address of a new issue that already names the page.

    Parameters
    ----------
    repository_url : str
        The repository's address.
    title : str
        The page's title.
    address : str
        The page's address, or its path in the site.
    source : str
        The path of the page's source file in the repository; empty if there is none.

    Returns
    -------
    str
        The address; opening it files nothing yet.
    """
    page = f"{address} (source: `{source}`)" if source else address
    body = ISSUE_BODY.format(page=page)
    query = urlencode({"title": f"{title} ({address})", "body": body})
    return f"{repository_url}/issues/new?{query}"


def setup_page_links(app: Sphinx) -> None:
    """Set the repository before the theme reads it, and fix the buttons that the theme made."""
    app.connect("config-inited", _set_repository)
    app.connect("html-page-context", _correct_buttons, priority=AFTER_THEME)


def _set_repository(app: Sphinx, config) -> None:
    options = config.html_theme_options
    options["repository_url"], options["repository_branch"] = repository(
        os.environ, options.get("repository_url", ""), options.get("repository_branch", "main")
    )


def _correct_buttons(app: Sphinx, pagename, templatename, context, doctree) -> None:
    if pagename not in app.env.found_docs:
        # a page that nobody wrote, such as the one for lost readers
        return _mend_issue(app, context, pagename, context.get("title", pagename))
    path = Path(app.env.doc2path(pagename))
    if not find_code_cells(path.read_text(encoding="utf-8")):
        _drop_notebook_buttons(context["header_buttons"])
    source = path.relative_to(app.srcdir).as_posix()
    _mend_issue(app, context, pagename, app.env.titles[pagename].astext(), source)


def _mend_issue(app: Sphinx, context, pagename: str, title: str, source: str = "") -> None:
    base = (app.config.html_baseurl or "").rstrip("/")
    address = f"{base}/{pagename}.html".lstrip("/")
    url = issue_url(app.config.html_theme_options["repository_url"], title, address, source)
    for button in _all_buttons(context.get("header_buttons", [])):
        if button.get("label") == "source-issues-button":
            button["url"] = url


def _drop_notebook_buttons(buttons: list[dict]) -> None:
    """Leave out the launch and the notebook on a page where nothing can be run."""
    buttons[:] = [each for each in buttons if each.get("label") != "launch-buttons"]
    for group in buttons:
        if "buttons" in group:
            group["buttons"] = [
                each for each in group["buttons"] if each.get("label") != "download-notebook-button"
            ]


def _all_buttons(buttons: list[dict]) -> list[dict]:
    return [*buttons, *(each for group in buttons for each in group.get("buttons", []))]
