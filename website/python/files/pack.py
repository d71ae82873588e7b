"""Pack the provided files for the browser: bundles by their need, named by their content."""

import gzip
import hashlib
import importlib.util
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from website.node import run_node
from website.python.files.provide import PYODIDE, read_lock, write_whole

HERE = Path(__file__).parent
RUNNER = HERE.parent / "engine" / "runner.py"
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
# Which packages a bundle holds. The package itself is in `own`; `data` has its experiments.
BUNDLES = {
    "base": ("numpy", "pandas", "python-dateutil", "pytz", "six"),
    "scipy": ("scipy",),
    "plot": ("matplotlib", "contourpy", "cycler", "kiwisolver", "packaging", "Pillow", "pyparsing"),
}
READS_DATA = "datasets.py"  # comes with the data, so its import is what fetches them


def package_folder() -> Path:
    """Return the folder of `rnaseq_hw`, without importing it."""
    spec = importlib.util.find_spec("rnaseq_hw")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("rnaseq_hw is not installed: run `python tasks.py env`")
    return Path(spec.origin).parent


def own_files() -> dict[str, list[tuple[str, Path]]]:
    """Return the bundles that this repository's files make: each file's name in it, and path."""
    root = package_folder()
    wanted = [p for p in sorted(root.rglob("*")) if p.is_file() and "__pycache__" not in p.parts]
    pairs = [(f"rnaseq_hw/{path.relative_to(root).as_posix()}", path) for path in wanted]
    data = [p for p in pairs if p[0].startswith("rnaseq_hw/data/") or p[1].name == READS_DATA]
    own = [pair for pair in pairs if pair not in data]
    return {"own": [*own, ("runner.py", RUNNER)], "data": data}


def pack(wheels: dict[str, Path], cache: Path) -> dict:
    """Pack what the cache lacks of what `provide` returns; return the manifest that the page reads.

    The cache holds a folder for each content that was ever packed. `paths` in the manifest is for
    the build alone: where each file lies. A size is that of what is sent: the core's is compressed,
    as GitHub Pages and most hosts send it, and every other file is compressed by itself.
    """
    lock = read_lock()
    hashes = {entry["name"]: entry["sha256"] for entry in lock["packages"].values()}
    way = digest(*(HERE / name for name in ("pack.mjs", "in_pyodide.py")), PYODIDE / "package.json")
    base = [hashes[name] for name in BUNDLES["base"]]
    jobs: dict[str, dict[str, Any]] = {"stdlib": {"key": way}}
    for name, packages in BUNDLES.items():
        paths = [str(wheels[package]) for package in packages]
        key = digest(way, *base, *(hashes[package] for package in packages))
        jobs[name] = {"key": key, "wheels": paths}
    for name, files in own_files().items():
        pairs = [(inner, str(path)) for inner, path in files]
        jobs[name] = {
            "key": digest(way, *(part for pair in files for part in pair)),
            "files": pairs,
        }
    for name, job in jobs.items():
        job["out"] = str(cache / f"{name}-{job['key'][:16]}")
    left = {name: job for name, job in jobs.items() if not Path(job["out"]).is_dir()}
    if left:
        print(f"Packing Python for the browser: {', '.join(left)}.", file=sys.stderr, flush=True)
        run_packing(left, [str(wheels[package]) for package in BUNDLES["base"]])
    packed = {name: next(Path(job["out"]).iterdir()) for name, job in jobs.items()}
    return manifest(lock, packed, cache)


def run_packing(jobs: dict, base: list[str]) -> None:
    """Let Pyodide compile and pack in Node; put each result into the cache as a whole."""
    for job in jobs.values():
        job["made"] = f"{job['out']}.{os.getpid()}"
        Path(job["made"]).mkdir(parents=True)
    request = {"pyodide": str(PYODIDE), "here": str(HERE), "jobs": jobs, "base": base}
    run_node(HERE / "pack.mjs", text=json.dumps(request))
    for job in jobs.values():
        try:
            Path(job["made"]).replace(job["out"])
        except OSError:  # another build was faster; its files are the same
            shutil.rmtree(job["made"])


def core_size(note: Path) -> int:
    """Return how large the core is when it is compressed; `note` keeps the number."""
    if not note.is_file():
        size = sum(len(gzip.compress((PYODIDE / name).read_bytes(), 6)) for name in CORE)
        write_whole(note, str(size).encode())
    return int(note.read_bytes())


def manifest(lock: dict, packed: dict[str, Path], cache: Path) -> dict:
    """Return what the page must know of the packed files."""
    core = "core." + digest(*(PYODIDE / name for name in CORE))[:12]
    paths = {path.name: path for path in packed.values()}
    paths |= {f"{core}/{name}": PYODIDE / name for name in CORE}
    entries = {
        name: {"file": path.name, "size": path.stat().st_size} for name, path in packed.items()
    }
    return {
        "info": lock["info"],
        "core": {"folder": f"{core}/", "size": core_size(cache / f"{core}.size")},
        "stdlib": entries.pop("stdlib"),
        "bundles": entries,
        "owners": owners(lock),
        "paths": paths,
    }


def owners(lock: dict) -> dict[str, str]:
    """Return the bundle that holds what can be imported by a name."""
    named = {entry["name"]: entry["imports"] for entry in lock["packages"].values()}
    found = {each: name for name, packs in BUNDLES.items() for p in packs for each in named[p]}
    return found | {f"rnaseq_hw.{READS_DATA.removesuffix('.py')}": "data"}


def write_files(manifest: dict, folder: Path) -> None:
    """Write the hashed files into a folder."""
    for name, path in manifest["paths"].items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def write_site(manifest: dict, site: Path) -> None:
    """Write into a built site all that its pages fetch to run Python."""
    folder = site / "python"
    folder.mkdir(exist_ok=True)
    for path in RUNNER.parent.glob("*.mjs"):
        shutil.copyfile(path, folder / path.name)
    shutil.copyfile(RUNNER.parent / "service-worker.js", site / "service-worker.js")
    write_files(manifest, folder / "files")
    shown = {key: value for key, value in manifest.items() if key != "paths"}
    write_whole(folder / "python.json", json.dumps(shown).encode())


def digest(*parts: str | Path) -> str:
    """Return a hash of words and of files' contents."""
    sums = [part.read_bytes() if isinstance(part, Path) else part.encode() for part in parts]
    return hashlib.sha256(b"".join(hashlib.sha256(each).digest() for each in sums)).hexdigest()
