"""Let the pages name one file where they named several: a browser fetches each by itself."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class JointFile:
    """The file that takes the place of others."""

    tag: re.Pattern[str]
    """What names such a file: its groups are the way to the site's top, and the path from there."""
    replaced: tuple[str, ...]
    """These, as paths from the site's top."""
    written: str
    """What names the joint one; `{top}` is the way to the site's top."""

    def named_in(self, html: str) -> str:
        """Return a page that names the joint file where it named the first of the others."""
        named = False

        def name_once(found):
            nonlocal named
            if found[2] not in self.replaced:
                return found[0]
            first, named = not named, True
            return self.written.format(top=found[1]) if first else ""

        return self.tag.sub(name_once, html)


def named_files(tag: re.Pattern[str], html: str) -> list[str]:
    """Return the files that a page names, as paths from the site's top."""
    return [found[2] for found in tag.finditer(html)]


def common_files(tag: re.Pattern[str], pages: Iterable[str], joint: str) -> list[str]:
    """Return the files that most pages name, in their order.

    There are none when some pages are written anew beside those that name the joint one already:
    they keep what they name.
    """
    named = list(filter(None, (named_files(tag, html) for html in pages)))
    if any(joint in each for each in named):
        return []
    # what only few pages have, such as the lab's, stays with them
    having = Counter(path for each in named for path in each)
    return [path for path, pages_with in having.items() if 2 * pages_with > len(named)]


def version_of(text: str) -> str:
    """Return a hash of a file's content, so that no browser shows an older one."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]
