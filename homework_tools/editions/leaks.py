"""Find what students must not see in what students get, however it was escaped or colored."""

import gzip
import html
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from homework_tools.master.master import Master

SHORTEST = 20  # characters without spaces: a shorter line may be anyone's


def solution_secrets(master: Master) -> list[str]:
    """Return the lines that are secret until the solutions are released.

    Those are lines of solutions and sentences of model answers that are long enough to be told
    apart and are not in the public text.
    """
    code = [line for cell in master.code("solution") for line in cell.solution_lines]
    answers = [line for cell in master.code("answer") for line in cell.model_answer.split("\n")]
    return _distinctive(master, [*code, *answers])


def grading_secrets(master: Master) -> list[str]:
    """Return the lines that always stay secret: of hidden tests and of rubrics."""
    cells = [*master.code("hidden-setup"), *master.code("hidden-test")]
    code = [line for cell in cells for line in cell.source.split("\n")]
    rubrics = [item.what for cell in master.code("answer") for item in cell.rubric]
    return _distinctive(master, [*code, *rubrics])


def find_leaks(secrets: Iterable[str], *places: Path) -> list[tuple[str, str]]:
    """Return each secret line that stands in one of the files, with the file's name.

    Places are files, and folders with all that is in them; archives are opened.
    """
    bare_secrets = [(secret, _bare(secret)) for secret in secrets]
    found = []
    for place in places:
        files = [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.is_file())
        for file in files:
            texts = [text for part in _opened(file.read_bytes()) for text in _readings(file, part)]
            found += [
                (file.as_posix(), secret)
                for secret, bare in bare_secrets
                if any(bare in text for text in texts)
            ]
    return found


def _distinctive(master: Master, lines: Iterable[str]) -> list[str]:
    public = _bare("\n".join(cell.public for cell in master.cells))
    unique = dict.fromkeys(line.strip() for line in lines)
    return [line for line in unique if len(_bare(line)) >= SHORTEST and _bare(line) not in public]


def _opened(content: bytes) -> Iterator[bytes]:
    """Yield a file's content or, of an archive such as a wheel, that of all that is in it."""
    if content.startswith(b"\x1f\x8b"):
        yield from _opened(gzip.decompress(content))
    elif content.startswith(b"PK\3\4"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from _opened(archive.read(name))
    else:
        yield content


def _readings(file: Path, content: bytes) -> list[str]:
    """Return a text as it is, and as a browser or a notebook would read it."""
    text = content.decode("utf-8", "replace")
    plain = html.unescape(re.sub(r"<[^<>]*>", "", text))
    readings = [text, plain]
    if file.suffix in (".json", ".ipynb", ".js"):
        readings.append(_json_unescaped(text))
    return [_bare(reading) for reading in dict.fromkeys(readings)]  # many are the same


def _json_unescaped(text: str) -> str:
    def unescape(match: re.Match) -> str:
        try:
            return json.loads(f'"{match[0]}"')
        except ValueError:
            return match[0]

    return re.sub(r"\\(?:u[0-9a-fA-F]{4}|.)", unescape, text)


def _bare(text: str) -> str:
    """Return a text without spaces, and without the marks that Markdown may turn into others."""
    return re.sub(r"[\s`*_\\\"'“”‘’]+", "", text)
