"""What every test shares: the environment, the settings, and one built site."""

import gc
import os
import subprocess
import sys
from pathlib import Path

import matplotlib
import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

import tasks
from tools.book import build_command, execution_key, take_outputs
from tools.environment import environment

os.environ.update(environment(sys.executable))
os.environ.pop("SITE_URL", None)  # a course may have it in its CI: small books would be published
# Whoever signs each commit or prunes tags can test, and whoever's clone belongs to another account.
SAFE = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
os.environ.update(SAFE, GIT_CONFIG_GLOBAL=os.devnull)
matplotlib.use("Agg")  # not by MPLBACKEND, which would silence the figures of a chapter's kernel

pytest_plugins = ["tests.published"]


def pytest_configure():
    """Refuse an environment that was made for another tree: the chapters' cells would test that."""
    find = "import importlib.util as i; s = i.find_spec('rnaseq_hw'); print(s.origin if s else '')"
    command = [sys.executable, "-P", "-c", find]
    found = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    if tasks.ROOT.resolve() not in Path(found.strip()).resolve().parents:
        raise pytest.UsageError(
            f"{sys.executable} has the package from {found.strip() or 'nowhere'}, so the tests "
            f"would not test what is in {tasks.ROOT}. Run `python tasks.py test` there, or first "
            f"`{sys.executable} -m pip install --no-deps -e .`"
        )


def pytest_collection():
    """Look for no garbage while modules are loaded: there is none."""
    gc.disable()


def pytest_collection_finish():
    """Pass over what is loaded by now in each later search for garbage."""
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(items):
    """Put the short modules of the package last: no core is idle while a long one ends."""
    package = (tasks.ROOT / "tests", tasks.ROOT / "rnaseq_hw")
    items.sort(key=lambda item: item.path.parent in package)


# The same examples at each run: a test that fails today failed yesterday.
settings.register_profile(
    "reproducible",
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],  # says more of the machine than of the test
)
settings.load_profile("reproducible")


FORK = {  # what GitHub says in the CI of a fork: its site has every button
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "ada/fork",
    "GITHUB_REF_TYPE": "branch",
    "GITHUB_REF_NAME": "main",
    "GITHUB_HEAD_REF": "",
}


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory):
    """Return a folder that all test processes of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session", autouse=True)
def _outputs_of_small_books(shared_folder):
    os.environ["SHARED_OUTPUTS"] = str(shared_folder / "outputs")
    yield
    del os.environ["SHARED_OUTPUTS"]


@pytest.fixture(scope="session")
def built_site(shared_folder):
    """Return the folder of the site, built once by the gate's command for all test processes."""
    folder = shared_folder / "built-site"
    with FileLock(f"{folder}.lock"):
        report = folder / "report.txt"
        if not report.is_file():
            take_outputs(folder / "_build" / ".jupyter_cache", execution_key())
            done = subprocess.run(
                build_command(tasks.ROOT, folder),
                env=environment(sys.executable) | FORK,
                cwd=tasks.ROOT,
                capture_output=True,
                encoding="utf-8",
            )
            folder.mkdir(exist_ok=True)
            report.write_text("" if done.returncode == 0 else done.stderr or "?", encoding="utf-8")
        assert report.read_text(encoding="utf-8") == "", "the book does not build; see above"
    return folder / "_build" / "html"
