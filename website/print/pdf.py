"""What Chromium's PDF files say of themselves: on which page a place is, and when it was printed.

Chromium writes each object as plain text, so it can be read, and words be replaced by others of the
same length, without a library.
"""

import re
from datetime import UTC, datetime

OBJECT = re.compile(rb"^(\d+) 0 obj\n", re.MULTILINE)
PLACE = re.compile(rb"/((?:[^\s/\[\]<>()#]|#[0-9A-Fa-f]{2})+) \[(\d+) 0 R /XYZ")
DATE = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}[^)]*\)")
PART = re.compile(rb"\(node\d{8}\)")
CREATOR = re.compile(rb"(?<=/Creator )\((?:[^()\\]|\\.)*\)")


def page_numbers(pdf: bytes) -> dict[str, int]:
    """Return the page, counted from 1, of each place that a link of a PDF leads to."""
    objects = _objects(pdf)
    pages = {number: place for place, number in enumerate(_pages(objects, *_roots(objects)), 1)}
    (named,) = re.findall(rb"/Dests (\d+) 0 R", b"".join(objects.values()))
    return {
        re.sub(r"#(..)", lambda code: chr(int(code[1], 16)), name.decode()): pages[int(page)]
        for name, page in PLACE.findall(objects[int(named)])
    }


def settled(pdf: bytes, moment: int, creator: str) -> bytes:
    """Return a PDF that is the same, whenever and on whichever computer it is printed.

    It says that it was made at a moment, in seconds since 1970, and by which program; Chromium
    would give the time of printing, and its own name with that of the system. Names of parts are
    counted from 1, where Chromium counts on from whatever it did before.
    """
    parts = {name: at for at, name in enumerate(sorted(set(PART.findall(pdf))), 1)}
    pdf = PART.sub(lambda name: b"(node%08d)" % parts[name[0]], pdf)
    when = datetime.fromtimestamp(moment, UTC).strftime("%Y%m%d%H%M%S").encode()
    pdf = DATE.sub(rb"/\1 (D:" + when + rb"+00'00')", pdf)
    return CREATOR.sub(lambda old: f"({creator})".encode().ljust(len(old[0])), pdf, count=1)


def _objects(pdf: bytes) -> dict[int, bytes]:
    """Return the text of each object by its number, without the bytes of streams."""
    starts = list(OBJECT.finditer(pdf))
    ends = [each.start() for each in starts[1:]] + [len(pdf)]
    return {
        int(start[1]): pdf[start.end() : end].partition(b"stream\n")[0]
        for start, end in zip(starts, ends, strict=True)
    }


def _roots(objects: dict[int, bytes]) -> list[int]:
    return [
        number
        for number, text in objects.items()
        if b"/Type /Pages" in text and b"/Parent" not in text
    ]


def _pages(objects: dict[int, bytes], number: int) -> list[int]:
    """Return the numbers of the pages below an object of the tree of pages, in their order."""
    kids = re.search(rb"/Kids \[([^\]]*)\]", objects[number])
    if not kids:
        return [number]
    return [
        page for kid in re.findall(rb"(\d+) 0 R", kids[1]) for page in _pages(objects, int(kid))
    ]
