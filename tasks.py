"""Every command of the project; `python tasks.py` lists them.

Needs Python 3.11 or newer and nothing else: the packages that the commands use
are installed into `.venv` from `requirements.lock` the first time one of them runs.
"""

import argparse
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from tools.environment import (
    BUILD,
    LOCK,
    ROOT,
    bench_python,
    digest,
    environment,
    read,
    ready_python,
    require_python,
    run,
)

SITE = BUILD / "html"
REPORTS = BUILD / "reports"
BENCHMARK = ROOT / "rnaseq_hw" / "data" / "benchmark.json"  # shown by book/speed.md
CONFIG = ROOT / "_config.yml"
HOMEWORK = ROOT / "homework" / "homework.md"
CONTRACTS = ("repository", "chapters", "workflows")  # in tests/project
KERNELSPEC = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
LOCK_COMMAND = (
    "uv pip compile --universal --fork-strategy fewest --python-version 3.11 --generate-hashes"
    " --extra book --extra dev -o requirements.lock pyproject.toml"
)
BENCH_LOCK_COMMAND = (
    "uv pip compile --python-version 3.11 --universal --generate-hashes"
    " -o tools/benchmarks/requirements.lock tools/benchmarks/requirements.in"
)


def env(options):
    """Make or renew .venv; the other commands do this themselves."""
    print(f"The environment is ready: {ready_python(options)}")


# ---- the book ----------------------------------------------------------------------------------


def build_command(source, output, python=sys.executable):
    """Return the command of the gate's build: every warning is shown and is an error.

    The extensions are those beside the book, whatever tree the environment was made for.
    """
    code = "import sys; sys.path.insert(0, sys.argv[2]); from jupyter_book.cli.main import main"
    program = [str(python), "-P", "-c", f"{code}; main()"]
    where = [str(source), "--path-output", str(output)]
    return [*program, "build", *where, "-n", "-W", "--keep-going"]


def execution_key():
    """Return a hash of everything but the chapter itself that a cell's output depends on."""
    settings = ["tasks.py", "tools/environment.py", "book/matplotlibrc"]
    inputs = [LOCK, *(ROOT / name for name in settings)]
    package = [path for path in (ROOT / "rnaseq_hw").rglob("*") if path.suffix != ".pyc"]
    inputs += [*package, *(ROOT / "book" / "data").rglob("*")]
    return digest(sys.version, *sorted(inputs))


def sweep(folder, *, keep_cache):
    """Empty a build's folder; keep the outputs of cells only while they can still be true."""
    key_file = folder / "execution-key.txt"
    key = execution_key()
    same = key_file.is_file() and key_file.read_text(encoding="utf-8") == key
    kept = {".jupyter_cache", key_file.name} if same and keep_cache else set()
    for path in list(folder.iterdir()) if folder.is_dir() else []:
        if path.name not in kept:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    key_file.write_text(key, encoding="utf-8")


def book(options):
    """Build the site; any warning is an error."""
    started = time.monotonic()
    python = ready_python(options)
    work = BUILD / "work"
    fresh = getattr(options, "fresh", False)
    sweep(work / "_build", keep_cache=not (fresh or options.no_lock))
    shutil.rmtree(REPORTS, ignore_errors=True)
    print("Building the book: a minute if the cells have to run, else seconds.", flush=True)
    with (work / "build.log").open("w", encoding="utf-8") as log:  # warnings go to the screen
        command = build_command(ROOT, work, python)
        code = subprocess.run(command, cwd=ROOT, env=environment(python), stdout=log).returncode
    new = work / "_build" / "html"
    if code:
        explain_failure(new / "reports", log.name)
        sys.exit(1)
    shutil.rmtree(SITE, ignore_errors=True)
    shutil.move(new, SITE)
    print(f"The book is built, in {time.monotonic() - started:.0f} s. Open {SITE / 'index.html'}")


def explain_failure(reports, log):
    """Say that the build failed and where the reports of failed cells are."""
    print(f"\nThe book is NOT built: the warnings above say why. What came before them: {log}")
    if reports.is_dir():
        shutil.copytree(reports, REPORTS)
        for report in sorted(REPORTS.rglob("*.log")):
            print(report.read_text(encoding="utf-8").partition("\n")[0])
            print(f"The traceback of that cell is in {report}")
    if SITE.is_dir():
        print(f"{SITE} still holds the last good site.")


def pdf(options):
    """Build the book and print it as one PDF, _build/rnaseq-hw.pdf."""
    make_from_site(options, "print_book", BUILD / "rnaseq-hw.pdf")


def zip_(options):
    """Build the book and pack the site to open from a disk, _build/rnaseq-hw.zip."""
    make_from_site(options, "offline", BUILD / "rnaseq-hw.zip", "rnaseq-hw")


def screenshots(options):
    """Build the book and take a picture of every page in four modes, _build/screenshots."""
    make_from_site(options, "screenshots", BUILD / "screenshots")


def make_from_site(options, module, target, *more):
    """Build the site, then let a module of website/print make something of it."""
    book(options)
    run(ready_python(options), "-m", f"website.print.{module}", SITE, target, *more)
    print(f"Made {target}")


SERVE_CONF = """\
# Written by `python tasks.py serve`: the book's settings, read anew for each build.
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from jupyter_book.config import get_final_config
import tasks
from_command_line = {{"external_toc_path": "_toc.yml", "latex_individualpages": False}}
settings, _ = get_final_config(
    user_yaml=tasks.CONFIG, sourcedir=tasks.ROOT, cli_config=from_command_line
)
globals().update(settings)
# These are read from the folder of this file, unless they say where they are.
html_favicon = str(tasks.ROOT / html_favicon)
html_static_path = [str(tasks.ROOT / path) for path in html_static_path]
bibtex_bibfiles = [str(tasks.ROOT / path) for path in bibtex_bibfiles]
# A changed package has another cache, so every chapter runs again.
nb_execution_cache_path = str(tasks.BUILD / "serve" / "cache" / tasks.execution_key()[:16])
nb_execution_raise_on_error = False
"""


def require_free_port(port):
    """Stop when something else listens at a local port."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            sys.exit(f'Port {port} is in use; take another: make serve ARGS="--port {port + 1}"')


def serve(options):
    """Show the site at a local address and build it anew at each save."""
    python = ready_python(options)
    require_free_port(options.port)
    folder = BUILD / "serve"
    folder.mkdir(parents=True, exist_ok=True)
    content = SERVE_CONF.format(root=str(ROOT))
    (folder / "conf.py").write_text(content, encoding="utf-8", newline="\n")
    made = r"[/\\](_build|dist|tests|notebooks|\.git|__pycache__|\.\w+_cache)[/\\]"
    ignore = ["--re-ignore", made]
    where = ["-q", "-c", folder, "-d", folder / "doctrees", ROOT, folder / "html"]
    address = ["--host", "127.0.0.1", "--port", options.port, *["--open-browser"] * options.open]
    run(python, "-m", "sphinx_autobuild", *address, *ignore, *where)


# ---- the other commands ------------------------------------------------------------------------


def test(options):
    """Run the tests."""
    workers = str(min(4, os.cpu_count() or 1))
    parallel = ["-n", workers, "--dist", "loadfile"]
    run(ready_python(options), "-m", "pytest", *parallel, *options.pytest_arguments)


def check(options):
    """Check style, types, the package and the chapters' contract, before a commit."""
    package = sorted((ROOT / "tests").glob("test_*.py"))
    contracts = [ROOT / "tests" / "project" / f"test_{name}.py" for name in CONTRACTS]
    slow = ["-k", "not chapter_runs and not whoever_computes and not brings_in_no_stranger"]
    run(
        ready_python(options), "-m", "pytest", "-q", "-n2", *slow, *contracts, *package, "rnaseq_hw"
    )


def chapters_with_cells():
    """Return the chapters that are notebooks: those with a jupytext header."""
    pages = sorted((ROOT / "book").glob("*.md"))
    return [page for page in pages if "\njupytext:" in page.read_text(encoding="utf-8")[:200]]


def notebooks(options):
    """Make notebooks/*.ipynb, each paired with its chapter."""
    python = ready_python(options)
    run(python, "-m", "jupytext", "--sync", *chapters_with_cells())
    run(python, "-c", "import tasks; tasks.save_chapters()")  # a notebook's file sorts its header


def as_saved(path):
    """Return a chapter's text as JupyterLab would save it: by way of its notebook."""
    import jupytext
    from jupytext.config import load_jupytext_config

    config = load_jupytext_config(str(path))
    notebook = jupytext.reads(read(path), "md:myst", config=config)
    saved = jupytext.reads(jupytext.writes(notebook, "ipynb", config=config), "ipynb")
    saved.metadata["kernelspec"] = KERNELSPEC  # in this order: an .ipynb sorts its entries
    return jupytext.writes(saved, "md:myst", config=config)


def save_chapters():
    """Write each chapter, and the homework, as JupyterLab would, where it is written otherwise."""
    for path in [*chapters_with_cells(), HOMEWORK]:
        text = as_saved(path)
        if text != read(path):
            path.write_bytes(text.encode("utf-8"))
            print(f"{path.relative_to(ROOT).as_posix()} reformatted")


def format_(options):
    """Write code as ruff would, and chapters as JupyterLab would."""
    python = ready_python(options)
    run(python, "-m", "ruff", "format", ".")
    run(python, "-c", "import tasks; tasks.save_chapters()")


def jupyter(options):
    """Open the chapters in JupyterLab, as notebooks."""
    run(ready_python(options), "-m", "jupyterlab", "--LabApp.default_url=/lab/tree/book")


def reseeded(path, value):
    """Return a file's text with the published seed changed to another."""
    from website.extensions.gate.seed import replace_seed

    text = replace_seed(read(path), str(value))
    if path != HOMEWORK:
        return text
    header, mark, rest = text.partition("\n---\n")
    header, times = re.subn(r"(?m)^(  seed: *)\d+ *$", rf"\g<1>{value}", header)
    if times != 1:
        name = path.relative_to(ROOT).as_posix()
        sys.exit(f"{name} must begin with one line `  seed: 44`; it has {times}. Fix it first.")
    return header + mark + rest


def seed(options):
    """Change the published data set's seed, in the homework and in every chapter."""
    if not 0 <= options.value < 2**32:
        sys.exit(f"seed {options.value} is out of range: take a whole number from 0 to {2**32 - 1}")
    pages = [HOMEWORK, *sorted((ROOT / "book").glob("*.md"))]
    texts = {page: reseeded(page, options.value) for page in pages}  # all known before one is kept
    for page, text in texts.items():
        pairs = enumerate(zip(read(page).split("\n"), text.split("\n"), strict=True), start=1)
        for number, (before, after) in pairs:
            if before != after:
                print(f"{page.relative_to(ROOT).as_posix()}:{number}: {after.strip()}")
        page.write_bytes(text.encode("utf-8"))


def homework(options):
    """Make the homework's editions in dist/homework: for students, for instructors, for graders."""
    chosen = [f"--{name}={getattr(options, name)}" for name in ("seed", "students")]
    chosen = [each for each in chosen if not each.endswith("=None")]
    where = ["--out", options.out or ROOT / "dist" / "homework"]
    run(ready_python(options), "-m", "homework_tools.editions.make", *where, *chosen)


def grade(options):
    """Grade a folder of submissions into dist/grades."""
    options.by_hand = options.by_hand and Path(options.by_hand).resolve()
    written = ROOT / "dist" / "homework" / "students.csv"
    students = options.students or (written if written.is_file() else None)
    options.students = students and Path(students).resolve()
    chosen = [f"--{name.replace('_', '-')}={getattr(options, name)}" for name in GRADE_OPTIONS]
    chosen = [each for each in chosen if not each.endswith("=None")]
    chosen += ["--fresh"] * options.fresh
    out = Path(options.out).resolve() if options.out else ROOT / "dist" / "grades"
    where = [Path(options.submissions).resolve(), "--out", out]
    run(ready_python(options), "-m", "homework_tools.grading.grade", *where, *chosen)


def bench(options):
    """Time the comparison of all genes against SciPy, pandas, scanpy and, if installed, R."""
    python = Path(sys.executable) if options.no_lock else bench_python()
    chosen = ["--quick"] * options.quick + ["--save", BENCHMARK] * options.save
    run(python, "-m", "tools.benchmarks.bench", *chosen)


def lock(options):
    """Resolve both locks anew, with hashes."""
    for command in (LOCK_COMMAND, BENCH_LOCK_COMMAND):
        program, *arguments = shlex.split(command)
        run(ready_python(options), "-m", program, *arguments)


MADE_BESIDE_SOURCES = ("__pycache__", ".ipynb_checkpoints", ".jupyter_cache")


def clean(options):
    """Remove what the other commands made."""
    names = ["_build", ".pytest_cache", ".ruff_cache", ".hypothesis"]
    kept = [".venv", "notebooks", "dist"]  # these may hold edits or grades that are nowhere else
    targets = [ROOT / name for name in names + kept * options.all]
    for path, folders, _ in os.walk(ROOT):
        if Path(path) == ROOT:
            folders[:] = [name for name in folders if name not in [".git", *names, *kept]]
        made = [name for name in folders if name in MADE_BESIDE_SOURCES]
        folders[:] = [name for name in folders if name not in made]
        targets += [Path(path, name) for name in made]
    for target in targets:
        if target.is_dir():
            shutil.rmtree(target)
            print(f"removed {target.relative_to(ROOT)}")


def list_commands(options):
    """List the commands; each has more to say: `python tasks.py book --help`."""
    for name, task in COMMANDS.items():
        print(f"{name:<12} {task.__doc__.splitlines()[0]}")


GRADE_OPTIONS = {
    "by_hand": "grades of free text; FOLDER/grades_by_hand.csv unless given",
    "students": "whose each file is; dist/homework/students.csv, if it is there, unless given",
    "sandbox": "bubblewrap, limits or subprocess: the strongest that works unless given",
    "seconds": "how long one call of a function may take: 10 unless given",
}
COMMANDS = {
    "book": book,
    "test": test,
    "check": check,
    "serve": serve,
    "pdf": pdf,
    "zip": zip_,
    "screenshots": screenshots,
    "jupyter": jupyter,
    "notebooks": notebooks,
    "format": format_,
    "seed": seed,
    "homework": homework,
    "grade": grade,
    "bench": bench,
    "env": env,
    "lock": lock,
    "clean": clean,
    "help": list_commands,
}


def parser():
    """Return the reader of the command line, with one line of help for each command."""
    top = argparse.ArgumentParser(prog="tasks.py", description="The commands of rnaseq-hw.")
    top.add_argument(
        "--no-lock", action="store_true", help="use the Python that runs this, without .venv"
    )
    names = top.add_subparsers(dest="command", metavar="command")
    each = {
        name: names.add_parser(name, help=task.__doc__.splitlines()[0], allow_abbrev=False)
        for name, task in COMMANDS.items()
    }
    each["book"].add_argument("--fresh", action="store_true", help="run every cell again")
    each["test"].epilog = "What follows -- goes to pytest: tasks.py test -- -k volcano"
    each["serve"].add_argument("--port", type=int, default=8000)
    each["serve"].add_argument("--open", action="store_true", help="open a browser")
    each["seed"].add_argument("value", type=int, help="a whole number, such as 45")
    each["homework"].add_argument("--out", metavar="FOLDER", help="instead of dist/homework")
    each["homework"].add_argument("--seed", type=int, help="other data than the published")
    each["homework"].add_argument(
        "--students", metavar="FILE", help="names, one per line: each gets data of their own"
    )
    each["grade"].add_argument("submissions", metavar="FOLDER", help="holds <student>.ipynb")
    each["grade"].add_argument("--out", metavar="FOLDER", help="instead of dist/grades")
    each["grade"].add_argument("--fresh", action="store_true", help="grade everything again")
    for name, words in GRADE_OPTIONS.items():
        each["grade"].add_argument(f"--{name.replace('_', '-')}", help=words)
    each["bench"].add_argument("--quick", action="store_true", help="small data, in seconds")
    each["bench"].add_argument(
        "--save", action="store_true", help="keep the numbers for the book's page on speed"
    )
    each["clean"].add_argument(
        "--all", action="store_true", help="remove .venv, notebooks/ and dist/ as well"
    )
    return top


def main(arguments=None):
    """Read the command line and run the command that it names."""
    require_python()
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    top = parser()
    options = top.parse_args(arguments[:cut])
    options.pytest_arguments = arguments[cut + 1 :]
    if options.pytest_arguments and options.command != "test":
        top.error("only `test` takes arguments after --")
    try:
        COMMANDS[options.command or "help"](options)
    except KeyboardInterrupt:
        site = options.command in ("book", "serve", "pdf", "zip", "screenshots")
        sys.exit("Stopped." + " A site that was built before is as it was." * site)


if __name__ == "__main__":
    main()
