"""Make the files of an edition from a built site; the same site gives the same bytes."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import yaml

from homework_tools.master.course import course_file, read_course
from homework_tools.text_files import write_text
from tools.numbers import FILE as NUMBERS
from tools.release.stamp import CHANGELOG, CITATION, section
from website.extensions.blocks.citation import citation_bibtex, of_course
from website.extensions.head.address import known_address
from website.launch.wheel import FOLDER, WHEELS
from website.print.offline import pack_site

NAME = "rnaseq-hw"
SUMS = "SHA256SUMS"
LICENSE_OF_TEXT = "cc-by-4.0"
NOTES = "The code is under the MIT license, the text and the figures are under CC BY 4.0."


def make_files(project: Path, site: Path, folder: Path, print_pdf: Callable[[Path], None]) -> None:
    """Fill a new folder with an edition's files.

    `print_pdf` writes the book into the file that it is given.
    """
    folder.mkdir(parents=True)
    course = read_course(course_file(project))
    original = yaml.safe_load((project / CITATION).read_text(encoding="utf-8"))
    citation = of_course(original, course)
    version = citation["version"]
    for source in (NUMBERS, f"{FOLDER}/{WHEELS}", f"{FOLDER}/homework/*.ipynb"):
        (path,) = site.glob(source)
        shutil.copyfile(path, folder / path.name)
    pack_site(site, folder / f"{NAME}-{version}-site.zip", f"{NAME}-{version}")
    print_pdf(folder / f"{NAME}-{version}.pdf")
    address = known_address({}, course.repository)
    if citation is original:
        cited = (project / CITATION).read_text(encoding="utf-8")
    else:  # the license asks for the line of those who wrote the book
        work = {"type": "book", "title": original["title"], "authors": original["authors"]}
        cited = yaml.safe_dump(
            citation | {"references": [work]}, sort_keys=False, allow_unicode=True
        )
    write_text(folder / CITATION, cited)
    write_text(folder / "citation.bib", citation_bibtex(citation, address, NAME) + "\n")
    metadata = json.dumps(zenodo(citation, course.language), indent=2, ensure_ascii=False)
    write_text(folder / "zenodo.json", metadata + "\n")
    notes = section((project / CHANGELOG).read_text("utf-8"), rf"{re.escape(version)} \(.*\)")
    write_text(folder / "NOTES.md", f"{notes}\n")
    write_text(folder / SUMS, sums(folder))


def zenodo(citation: dict, language: str) -> dict:
    """Return what Zenodo asks to know of an upload, in the terms of its help on .zenodo.json.

    Zenodo gives the DOI itself, so there is none.
    """
    people = [
        each.get("name") or f"{each['family-names']}, {each['given-names']}"
        for each in citation["authors"]
    ]
    found = {
        "title": citation["title"],
        "upload_type": "lesson",
        "creators": [{"name": name} for name in people],
        "description": " ".join(citation["abstract"].split()),
        "keywords": citation["keywords"],
        "version": citation["version"],
        "publication_date": str(citation["date-released"]),
        "access_right": "open",
        "license": LICENSE_OF_TEXT,
        "notes": NOTES,
    }
    return found | ({"language": "eng"} if language.partition("-")[0] == "en" else {})


def sums(folder: Path) -> str:
    """Return the SHA-256 sums of a folder's files, as `sha256sum --check` reads them."""
    files = sorted(path for path in folder.iterdir() if path.name != SUMS)
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files
    )
