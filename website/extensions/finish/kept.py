"""Keep what is slow to make, such as a font of some letters, for the next build."""

import shutil
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory


def write_kept(
    target: Path, cache: Path, follows_from: Iterable[object], make: Callable[[Path], None]
) -> None:
    """Write a file: from the cache, or made anew by `make` if it is not there.

    `follows_from` is all that decides about its content; a path counts with what its file holds.
    """
    key = sha256()
    for part in follows_from:
        key.update(part.read_bytes() if isinstance(part, Path) else repr(part).encode())
        key.update(b"\0")
    kept = cache / f"{key.hexdigest()}{target.suffix}"
    if not kept.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=cache) as own:  # two may make the same file at once
            part = Path(own, kept.name)
            make(part)
            part.replace(kept)
    shutil.copyfile(kept, target)
