"""The project's own environments: `.venv` and that of the benchmark, each made from its lock."""

import ast
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from homework_tools.text_files import utf8_text
from website import node

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BUILD = ROOT / "_build"
LOCK = ROOT / "requirements.lock"
BENCH_LOCK = ROOT / "tools" / "benchmarks" / "requirements.lock"
OLDEST_PYTHON = (3, 11)
LOADED_OFTEN = "ipykernel.kernelapp, jupyter_book.cli.main, matplotlib.pyplot, myst_nb.sphinx_ext"
LOADED_OFTEN += ", pandas, scipy.stats, sphinx.builders.html"
DROPPED_VARIABLES = {"PYTHONHOME", "PYTHONPATH", "JUPYTER_PATH", "MPLBACKEND"}
DROPPED_VARIABLES |= {"PIP_TARGET", "PIP_PREFIX", "UV_SYSTEM_PYTHON"}
DROPPED_VARIABLES |= {"PYTHONDONTWRITEBYTECODE"}  # each kernel would compile NumPy and all again
UV_AS_PIP = {
    "UV_INDEX_STRATEGY": "unsafe-best-match",  # of several indexes none comes first
    "UV_SYSTEM_CERTS": "true",  # a school's proxy has its certificate there
    "UV_PYTHON_DOWNLOADS": "never",
}
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "proxy": "ALL_PROXY",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
}


def environment(python=sys.executable):
    """Return the variables that a Python runs with, free of the settings of other Pythons."""
    variables = {name: value for name, value in os.environ.items() if name not in DROPPED_VARIABLES}
    variables.update(
        PYTHONHASHSEED="0",
        PYTHONNOUSERSITE="1",
        PYTHONUTF8="1",
        PIP_USER="0",
        MATPLOTLIBRC=str(ROOT / "book" / "matplotlibrc"),
        JUPYTER_PREFER_ENV_PATH="1",
        JUPYTER_PLATFORM_DIRS="1",
        PYDEVD_DISABLE_FILE_VALIDATION="1",
    )
    if VENV in Path(python).parents:  # the user's own settings and start-up files stay out
        variables.update(
            MPLCONFIGDIR=str(VENV / "etc" / "matplotlib"), IPYTHONDIR=str(VENV / "etc" / "ipython")
        )
    return variables


def run(*command):
    """Run a command in the project's folder; stop with its exit code when it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment(command[0]))
    code = done.returncode
    if code:
        sys.exit(code if code > 0 else 128 - code)


def read(path):
    """Return a file's text with its line ends as they are; stop if it is not in UTF-8."""
    try:
        return utf8_text(path)
    except ValueError as error:
        sys.exit(str(error))


def digest(*parts):
    """Return one hash of texts and of files, which count with their name and content."""
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            total.update(part.relative_to(ROOT).as_posix().encode())
            part = part.read_bytes() if part.is_file() else b"-"
        total.update(part if isinstance(part, bytes) else str(part).encode())
        total.update(b"\0")
    return total.hexdigest()


def require_python(version=sys.version_info, executable=sys.executable):
    """Stop when the running Python is too old, saying which one it is and what to do."""
    if tuple(version[:2]) < OLDEST_PYTHON:
        sys.exit(
            f"Python {version[0]}.{version[1]} ({executable}) is too old: this project needs"
            " Python 3.11 or newer.\nInstall one, then name it: `make book PYTHON=python3.12`,"
            " or `py -3.12 tasks.py book` on Windows."
        )


def venv_python(prefix=VENV):
    """Return the path of an environment's interpreter."""
    return prefix / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


# ---- installing --------------------------------------------------------------------------------


def make_venv():
    """Make a `.venv` that holds pip, with the Python that runs this or the one it came from."""
    base = getattr(sys, "_base_executable", None) or sys.executable
    made = subprocess.run([base, "-m", "venv", "--clear", str(VENV)], env=environment())
    if made.returncode:
        sys.exit(
            f"{base} could not make the environment {VENV}.\n"
            "On Debian and Ubuntu: `sudo apt install python3-venv`. If .venv is activated,"
            " `deactivate` it first. Then run the same command again."
        )


def install(*command, **variables):
    """Run a command of pip or uv with the Python of `.venv`; stop plainly when it fails."""
    done = subprocess.run(
        [str(part) for part in (venv_python(), "-m", *command)],
        cwd=ROOT,
        env={**environment(venv_python()), **variables},
    )
    if done.returncode:
        sys.exit(
            f"The packages could not be installed; {command[0]} says why above. Check the network"
            " (and the proxy, if you need one), then run the same command again: it starts afresh."
        )


def install_uv():
    """Install uv into `.venv` by pip, from uv's own entry in the lock."""
    (entry,) = re.findall(r"(?m)^uv==.*\n(?:[ ].*\n)+", read(LOCK))
    only = VENV / "uv.txt"
    only.write_text(entry, encoding="utf-8", newline="\n")
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    install("pip", "install", *quiet, "--require-hashes", "-r", only)


def settings_of_pip():
    """Return pip's settings by their names: those of its files, then those of the environment."""
    command = [str(venv_python()), "-m", "pip", "config", "list"]
    listed = subprocess.run(
        command, stdout=subprocess.PIPE, encoding="utf-8", env=environment(venv_python())
    )
    pairs = [line.partition("=")[::2] for line in listed.stdout.splitlines()]
    return {
        name[len(scope) :]: ast.literal_eval(value)
        for scope in ("global.", "install.", ":env:.")
        for name, value in pairs
        if name.startswith(scope)
    }


def uv_install(*arguments, prefix=VENV):
    """Install by uv, which looks where pip would: in the same index, by the same proxy."""
    settings = settings_of_pip()
    variables = dict(UV_AS_PIP)
    for name, ours in UV_NAMES.items():
        if name in settings and ours not in os.environ:
            between = "," if name == "find-links" else " "
            variables[ours] = between.join(settings[name].split())
    offline = ["--no-index"] if settings.get("no-index", "0") in ("1", "true", "yes") else []
    where = ["--quiet", *offline, "--python", venv_python(prefix)]
    install("uv", "pip", "install", *where, *arguments, **variables)


def notebooks_open_as_notebooks():
    """Let JupyterLab in `.venv` open a chapter as a notebook rather than as plain text."""
    folder = VENV / "share" / "jupyter" / "lab" / "settings"
    folder.mkdir(parents=True, exist_ok=True)
    viewers = {"defaultViewers": {"markdown": "Jupytext Notebook", "myst": "Jupytext Notebook"}}
    content = json.dumps({"@jupyterlab/docmanager-extension:plugin": viewers}, indent=2)
    (folder / "overrides.json").write_text(content + "\n", encoding="utf-8", newline="\n")


def ensure_environment():
    """Make `.venv` what the lock says; do nothing when it is so already."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    locked = digest(LOCK, sys.version, str(VENV))  # moved or copied, it has the package of before
    package = json.dumps([project["build-system"], project["project"]], sort_keys=True)
    named = digest(package, ROOT / "CITATION.cff")  # which has the version
    stamp = VENV / "made-from.txt"
    have = stamp.read_text(encoding="utf-8").split() if stamp.is_file() else ["", ""]
    if have == [locked, named]:
        return
    if have[0] != locked:
        print("Making .venv from requirements.lock: half a minute, this once.", flush=True)
        make_venv()
        install_uv()
        uv_install("--require-hashes", "-r", LOCK)
    uv_install("--no-deps", "--no-build-isolation", "-e", ".")
    notebooks_open_as_notebooks()
    # What every kernel, build and sandbox loads is compiled here, once; Matplotlib lists its fonts.
    run(venv_python(), "-c", f"import {LOADED_OFTEN}")
    stamp.write_text(f"{locked}\n{named}\n", encoding="utf-8", newline="\n")


def bench_python():
    """Return the interpreter of the benchmark's environment, made anew when its lock changes."""
    ensure_environment()  # it has uv
    prefix = BUILD / "bench-venv"
    stamp, key = prefix / "made-from.txt", digest(BENCH_LOCK, sys.version)
    if not (stamp.is_file() and stamp.read_text(encoding="utf-8") == key):
        print("Making the benchmark's environment from its lock, this once.", flush=True)
        run(venv_python(), "-m", "venv", "--clear", "--without-pip", prefix)
        uv_install("--require-hashes", "-r", BENCH_LOCK, prefix=prefix)
        stamp.write_text(key, encoding="utf-8", newline="\n")
    return venv_python(prefix)


def ready_python(options):
    """Return the interpreter to use: that of `.venv`, or the running one with `--no-lock`."""
    if not options.no_lock:
        ensure_environment()
    python = Path(sys.executable) if options.no_lock else venv_python()
    if not node.is_current(sys.prefix if options.no_lock else VENV):
        print("Installing what the build takes from npm: seconds, this once.", flush=True)
        run(python, "-m", "website.node", "ci")
    return python
