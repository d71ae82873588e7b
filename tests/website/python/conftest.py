"""Cells that run in Node with the packed files."""

import json
from pathlib import Path

import pytest

from website.node import run_node
from website.python.files import pack

HERE = Path(__file__).parent
ENGINE = Path(pack.RUNNER).with_name("engine.mjs")


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
