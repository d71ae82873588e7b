"""The packed files, and cells that run with them in Node."""

import json
from pathlib import Path

import pytest

from website.node import run_node
from website.python.files import CACHE, pack, provide

HERE = Path(__file__).parent
ENGINE = Path(pack.RUNNER).with_name("engine.mjs")


@pytest.fixture(scope="session")
def manifest():
    """Return the manifest of the packed files; without any source of them there is none to test."""
    try:
        wheels = provide.provide(CACHE / "wheels")
    except provide.NoSourceError as error:
        pytest.skip(f"PYTHON IN THE PAGE IS NOT TESTED: {error}")
    return pack.pack(wheels, CACHE / "packed")


@pytest.fixture(scope="session")
def run_cells(manifest, tmp_path_factory):
    """Return a function that runs cells in one Pyodide, from the files that a browser fetches."""
    files = tmp_path_factory.mktemp("files")
    pack.write_files(manifest, files)
    request = {"manifest": {**manifest, "paths": None}, "files": str(files), "engine": str(ENGINE)}

    def run(cells, bundles=(), folders=()):
        own = {"cells": cells, "bundles": list(bundles), "folders": dict(folders)}
        return json.loads(run_node(HERE / "run.mjs", text=json.dumps(request | own)))

    return run
