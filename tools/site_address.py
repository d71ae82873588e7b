"""Say where the book is published, for links to it: `SITE_URL`, or the repository's own pages."""

import os
import re

from tools.environment import ROOT, read
from website.extensions.head.address import known_address

REPOSITORY = re.compile(r"^repository:\n  url: (\S+)$", re.MULTILINE)


def published_address():
    """Return the site's address, "" while neither SITE_URL nor _config.yml says it."""
    found = REPOSITORY.search(read(ROOT / "_config.yml"))
    return known_address(os.environ, found[1] if found else "")
