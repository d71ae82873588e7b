"""Pack the site into one file that opens from a disk by a double click, search included.

Python stays out: a page from a disk may not start it.
"""

import sys
import zipfile
from pathlib import Path

from homework_tools.zips import undated


def pack_site(site: Path, target: Path, name: str) -> None:
    """Write a zip file of the site: the same site gives the same file.

    `name` is the folder inside the zip file that holds it all.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(path for path in site.rglob("*") if path.is_file()):
            inside = path.relative_to(site)
            if path.suffix == ".zip" or inside.parts[0] == "python":
                # a page from a disk loads no module
                continue
            entry = undated(f"{name}/{inside.as_posix()}")
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())


if __name__ == "__main__":
    pack_site(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
