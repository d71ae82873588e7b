"""Tell the extensions where the site is published: the address stands in no file.

GitHub Pages gives a repository's site an address that follows from the repository's own; a site
with another one names it in the environment variable SITE_URL.
"""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from website.extensions.head.doors import GITHUB, is_open

if TYPE_CHECKING:  # `tools` reads addresses with the standard library alone
    from sphinx.application import Sphinx


def known_address(environment: Mapping[str, str], repository_url: str) -> str:
    """Return the site's address, with a slash at its end, or "" while nothing says where it is.

    ``SITE_URL`` comes before everything.

    Examples
    --------
    >>> known_address({}, "https://github.com/Ada/fork")
    'https://ada.github.io/fork/'
    >>> known_address({}, "https://github.com/ada/ada.github.io")
    'https://ada.github.io/'
    >>> known_address({}, "https://github.com/example/book")
    ''
    >>> known_address({}, "https://gitlab.com/ada/fork")
    ''
    >>> known_address({"SITE_URL": "https://book.example.org"}, "https://github.com/ada/fork")
    'https://book.example.org/'
    """
    if environment.get("SITE_URL"):
        return environment["SITE_URL"].rstrip("/") + "/"
    if not (is_open(repository_url) and repository_url.startswith(GITHUB)):
        return ""
    owner, _, name = urlsplit(repository_url).path.strip("/").partition("/")
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


def _set_address(app: "Sphinx", config) -> None:
    repository_url = config.html_theme_options.get("repository_url", "")
    address = known_address(os.environ, repository_url)
    # the page for lost readers is written from the site's top, which is that of a server meanwhile
    config.notfound_urls_prefix = top = urlsplit(address).path or "/"
    if "notfound_context" in config:
        context = config.notfound_context
        config.notfound_context = context | {
            "body": context["body"].replace('href="', f'href="{top}')
        }
    if not address:  # no page says where it is, and there is no sitemap
        config.suppress_warnings = [*config.suppress_warnings, "sitemap.configuration"]
        return
    config.html_baseurl = config.ogp_site_url = address
    config.ogp_site_name = config.html_title
    config.ogp_image = f"{address}_static/card.png"
