"""Point the buttons of each page to the right repository, branch, file and question.

In a fork's CI the repository's address comes from the environment, so the fork's buttons point to
the fork; elsewhere it is the one in `course.yml`. As long as that is the placeholder, no page has
a button that leads there, and a build that publishes is refused. A build publishes when `SITE_URL`
says where the site will be, or when GitHub builds the branch `main`, which CI deploys.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from sphinx.application import Sphinx
from sphinx.errors import ConfigError

from homework_tools.words.translator import gettext, gettext_noop
from website.extensions.head.doors import GITHUB, HOW_TO_RUN, doors, is_open

KNOWN_HOSTS = ("github", "gitlab", "bitbucket")  # by these words in an address the theme knows them
LEADS_TO_REPOSITORY = ("use_repository_button", "use_edit_page_button", "use_issues_button")
CLOSED = (
    "The pages have no buttons for Binder, edits and issues: course.yml has no address of your "
    "repository. To have them, write it at `repository:`."
)
ISSUE_BODY = gettext_noop("""\
**Page:** {page}

**Where on the page** (section, or the first words of the paragraph or cell):

**What I expected:**

**What I found instead** (for an error, paste the whole message):

**Where I ran it** (this site, Binder, my own computer; Python version):
""")


def repository(environment: Mapping[str, str], url: str, branch: str) -> tuple[str, str]:
    """Return the repository's address and branch.

    What GitHub says in CI comes before what `course.yml` gives. The branch of a pull request is
    never used: it is gone when the reader presses the button.
    """
    server, name = environment.get("GITHUB_SERVER_URL"), environment.get("GITHUB_REPOSITORY")
    if not (server and name):
        return url, branch
    return f"{server}/{name}", built_branch(environment) or branch


def built_branch(environment: Mapping[str, str]) -> str:
    """Return the branch that GitHub builds, "" if it is a tag, a pull request or another place."""
    is_branch = environment.get("GITHUB_REF_TYPE") == "branch"
    is_pull_request = bool(environment.get("GITHUB_HEAD_REF"))
    return environment.get("GITHUB_REF_NAME", "") if is_branch and not is_pull_request else ""


def publishes(environment: Mapping[str, str]) -> bool:
    """Return whether a build is one whose site will be published.

    It is with ``SITE_URL``, and on GitHub for a push to ``main``.
    """
    return bool(environment.get("SITE_URL")) or built_branch(environment) == "main"


def issue_url(repository_url: str, title: str, address: str, source: str) -> str:
    """Return the address of a new issue that already names the page.

    Opening it files nothing yet. `source` is the path of the page's file in the repository, "" if
    there is none.
    """
    page = f"{address} (source: `{source}`)" if source else address
    body = gettext(ISSUE_BODY).format(page=page)
    query = urlencode({"title": f"{title} ({address})", "body": body})
    return f"{repository_url}/issues/new?{query}"


def _set_repository(app: Sphinx, config) -> None:
    options = config.html_theme_options
    options["repository_url"], options["repository_branch"] = repository(
        os.environ, options.get("repository_url", ""), options.get("repository_branch", "main")
    )
    if not options["repository_url"].startswith(GITHUB):
        services = options["launch_buttons"]  # without any the theme would offer no notebook
        options["launch_buttons"] = {k: v for k, v in services.items() if k != "colab_url"}
    host = options["repository_url"].rpartition("/")[0].rpartition("/")[0].lower()
    if not any(name in host for name in KNOWN_HOSTS):
        options.setdefault("repository_provider", "gitlab")  # what most run on a host of their own
    if is_open(options["repository_url"]):
        return
    if publishes(os.environ):
        raise ConfigError(
            f"a site that is published must lead to its repository, and {options['repository_url']}"
            " is a placeholder: write the repository's address into course.yml, at"
            " `repository:`"
        )
    options.update(dict.fromkeys(LEADS_TO_REPOSITORY, False))
    print(CLOSED, file=sys.stderr)  # beside Sphinx, for which a warning is an error


def _correct_buttons(app: Sphinx, pagename, templatename, context, doctree) -> None:
    groups = context.get("header_buttons", [])
    title, source = context.get("title", pagename), ""  # of a page that nobody wrote
    if pagename in app.env.found_docs:
        path = Path(app.env.doc2path(pagename))
        title, source = app.env.titles[pagename].astext(), path.relative_to(app.srcdir).as_posix()
        _open_notebook(app, pagename, groups)
    base = (app.config.html_baseurl or "").rstrip("/")
    address = f"{base}/{pagename}.html".lstrip("/")
    url = issue_url(app.config.html_theme_options["repository_url"], title, address, source)
    for button in [*groups, *(each for group in groups for each in group.get("buttons", []))]:
        if button.get("label") == "source-issues-button":
            button["url"] = url


def _open_notebook(app: Sphinx, pagename: str, buttons: list[dict]) -> None:
    """Let the launch buttons be those of the chapter's notebook, and lead to the table of ways."""
    options = app.config.html_theme_options
    addresses = doors(options["repository_url"], f"{pagename}.ipynb", options["launch_buttons"])
    first = app.builder.get_relative_uri(pagename, app.config.root_doc)
    for group in buttons:
        if group.get("label") == "launch-buttons":
            icons = {button["text"]: button.get("icon") for button in group["buttons"]}
            group["buttons"] = [
                {"type": "link", "text": text, "url": url, "icon": icons.get(text)}
                for text, url in {
                    **addresses,
                    gettext("How to run it"): f"{first}#{HOW_TO_RUN}",
                }.items()
            ]
