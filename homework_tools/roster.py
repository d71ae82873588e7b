"""Names of students: as tables show them, and as files can carry them on every system."""

import re
import unicodedata

MAX_NAME_BYTES = 120  # disks take 255 at most, some fewer, with the suffix
RESERVED = re.compile(r"(con|prn|aux|nul|conin|conout|(com|lpt)[\d¹²³])(\..*)?", re.IGNORECASE)


def safe_name(name: str) -> str:
    """Return a name as letters, digits and marks that a file may have on every system.

    Parameters
    ----------
    name : str
        Any text.

    Returns
    -------
    str
        The name without what a path, a shell or Windows takes for something else.
    """
    name = unicodedata.normalize("NFC", name)
    marks = {c for c in name if unicodedata.category(c).startswith("M")}  # vowels, in many scripts
    plain = re.sub(rf"[^\w.@{''.join(marks)}-]+", "_", name).lstrip(".@-")
    plain = plain.encode()[:MAX_NAME_BYTES].decode(errors="ignore") or "unnamed"
    return f"_{plain}" if RESERVED.fullmatch(plain) else plain
