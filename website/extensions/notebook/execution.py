"""Run the cells of several chapters at once, before any page is read.

Only whole runs are kept, where myst-nb looks for outputs. A chapter whose cell fails is run again
when it is read, by myst-nb itself, which then says so.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import single_nb_execution
from myst_nb.core.config import NbParserConfig
from myst_nb.core.read import create_nb_reader
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from website.extensions.notebook.figures import keep_lighter, write_settings

WORKERS = min(4, os.cpu_count() or 1)


def nb_config(env: BuildEnvironment) -> NbParserConfig:
    """Return the settings of myst-nb, which it keeps with the environment."""
    return vars(env)["mystnb_config"]


def _run_chapters(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    config = nb_config(env)
    if config.execution_mode != "cache":
        return
    cache = get_cache(config.execution_cache_path)

    def run(notebook):
        with TemporaryDirectory() as folder:
            return single_nb_execution(
                notebook, cwd=folder, timeout=config.execution_timeout, allow_errors=False
            )

    waiting = {}
    paths = [Path(env.doc2path(docname)) for docname in docnames]
    for path in sorted(paths, key=lambda path: -path.stat().st_size):  # the longest are not last
        text = path.read_text(encoding="utf-8-sig")
        reader = create_nb_reader(str(path), vars(env)["myst_config"], config, text)
        notebook = reader.read(text) if reader else None
        if notebook and not _is_known(cache, notebook):
            code = cache.create_hashed_notebook(notebook)[1]
            waiting.setdefault(code, (path, notebook))  # two chapters with the same code run once
    if waiting:  # for myst-nb's own runs as well
        os.environ.update(write_settings(Path(app.doctreedir, "kernels").absolute()))
    with ThreadPoolExecutor(WORKERS) as pool:
        results = list(pool.map(lambda one: run(one[1]), waiting.values()))
    for (path, notebook), result in zip(waiting.values(), results, strict=True):
        if result.err is None:
            keep_lighter(notebook)
            ran = CacheBundleIn(notebook, str(path), data={"execution_seconds": result.time})
            cache.cache_notebook_bundle(ran, check_validity=False, overwrite=True)


def _is_known(cache, notebook) -> bool:
    try:
        cache.match_cache_notebook(notebook)
    except KeyError:
        return False
    return True
