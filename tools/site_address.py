"""Say where the book is published, for links to it: `SITE_URL`, or the repository's own pages."""

import os
import re

from tools.environment import ROOT, read
from website.extensions.head.address import known_address

REPOSITORY = re.compile(r"^repository: *[\"']?([^\s\"'#]+)", re.MULTILINE)


def published_address():
    """Return the site's address, "" while neither SITE_URL nor course.yml says it."""
    path = ROOT / "course.yml"
    found = REPOSITORY.search(read(path)) if path.is_file() else None
    return known_address(os.environ, found[1] if found else "")
