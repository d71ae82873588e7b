"""Every command of the project; `python tasks.py` lists them.

Needs Python 3.11 or newer and nothing else: the packages that the commands use
are installed into `.venv` from `requirements.lock` the first time one of them runs.
"""

import argparse
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

from tools.book import SITE, build_book
from tools.chapters import chapters_with_cells
from tools.clean import remove_made
from tools.environment import (
    BUILD,
    ROOT,
    bench_python,
    environment,
    ready_python,
    require_python,
    run,
)
from tools.links import check_links
from tools.locks import LOCK_COMMANDS
from tools.numbers import FILE, moved_table, read_numbers
from tools.site_address import published_address
from tools.update import update as update_course

CONTRACTS = ("repository", "house", "chapters", "workflows")  # in tests/project


def pass_on(python, module, *arguments):
    """Run one of our modules in the user's folder, so that it finds the files that they name.

    Nothing is imported from there: a hand-in may be called `numpy.py`.
    """
    command = [str(part) for part in (python, "-P", "-m", module, *arguments)]
    variables = environment(python) | {"PYTHONPATH": str(ROOT)}
    sys.exit(subprocess.run(command, env=variables).returncode)


def env(options):
    """Make or renew .venv; the other commands do this themselves."""
    print(f"The environment is ready: {ready_python(options)}")


def book(options):
    """Build the site; any warning is an error."""
    started = time.monotonic()
    fresh = getattr(options, "fresh", False) or options.no_lock
    with_python = not getattr(options, "without_python", False)
    build_book(ready_python(options), fresh=fresh, with_python=with_python)
    print(f"The book is built, in {time.monotonic() - started:.0f} s. Open {SITE / 'index.html'}")


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


def serve(options):
    """Show the site at a local address and build it anew at each save."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that `run` ends the server as well
    more = ["--open"] * options.open
    run(ready_python(options), "-m", "tools.preview.server", BUILD / "serve", options.port, *more)


def test(options):
    """Run the tests."""
    workers = str(min(4, 1 + (os.cpu_count() or 1)))  # one waits for a page while the others work
    parallel = ["-n", workers, "--dist", "loadfile", "--no-loadscope-reorder"]
    run(ready_python(options), "-m", "pytest", *parallel, *options.rest)


def check(options):
    """Check style, types, the package and the chapters' contract, before a commit."""
    package = sorted((ROOT / "tests").glob("test_*.py"))
    contracts = [ROOT / "tests" / "project" / f"test_{name}.py" for name in CONTRACTS]
    slow = ["-k", "not chapter_ran and not another_seed and not whoever_computes"]
    files = [*contracts, *package, "rnaseq_hw"]
    run(ready_python(options), "-m", "pytest", "-q", "-n2", *slow, *files)


def branch(options):
    """Build the book and write the branch that Binder and Colab open, _build/notebooks."""
    book(options)
    target = BUILD / "notebooks"
    run(ready_python(options), "-m", "website.launch.branch", SITE, target)


def notebooks(options):
    """Make notebooks/*.ipynb, each paired with its chapter."""
    python = ready_python(options)
    run(python, "-m", "jupytext", "--sync", *chapters_with_cells())
    run(python, "-m", "tools.chapters")  # a notebook's file sorts its header


def format_(options):
    """Write code as ruff would, and chapters as JupyterLab would."""
    python = ready_python(options)
    run(python, "-m", "ruff", "format", ".")
    run(python, "-m", "tools.chapters")


def jupyter(options):
    """Open the chapters in JupyterLab, as notebooks."""
    run(ready_python(options), "-m", "jupyterlab", "--LabApp.default_url=/lab/tree/book")


def seed(options):
    """Change the published data set's seed, in the homework and in every chapter."""
    run(ready_python(options), "-m", "tools.chapters", options.value)


def update(options):
    """Merge a release of the book into your course, build it, and say which numbers moved."""
    update_course(ROOT, SITE, lambda: book(options), options.release)


def numbers(options):
    """Say which numbers moved between another build, by its numbers.json, and this one."""
    print(moved_table(read_numbers(options.before), read_numbers(options.after)))


def changes(options):
    """Say page by page what changed between two built sites, _build/changes.html."""
    sites = options.before.resolve(), options.after.resolve()
    run(ready_python(options), "-m", "tools.changes", *sites)


def links(options):
    """Ask for every address of another site that the book names; needs the network."""
    check_links(ready_python(options))


def messages(options):
    """Bring the catalogues of a translation up to date, in local/locales."""
    run(ready_python(options), "-m", "tools.messages")


def release(options):
    """Stamp an edition: commit, tag, and its files in dist/release. Nothing is pushed."""
    python = ready_python(options)
    signal.signal(signal.SIGINT, lambda *_: None)  # the release itself stops, and puts all back
    run(python, "-m", "tools.release", *options.rest)


def homework(options):
    """Make the homework's editions in dist/homework: for students, for instructors, for graders."""
    where = ["--out", ROOT / "dist" / "homework", f"--site={published_address()}"]
    pass_on(ready_python(options), "homework_tools.editions.make", *where, *options.rest)


def grade(options):
    """Grade a folder of submissions into dist/grades."""
    where = ["--out", ROOT / "dist" / "grades", f"--site={published_address()}"]
    students = ROOT / "dist" / "homework" / "students.csv"
    if students.is_file():
        where += ["--students", students]
    pass_on(ready_python(options), "homework_tools.grading.grade", *where, *options.rest)


def bench(options):
    """Time the comparison of all genes against SciPy, pandas, scanpy and, if installed, R."""
    python = Path(sys.executable) if options.no_lock else bench_python()
    run(python, "-m", "tools.benchmarks.bench", *options.rest)


def lock(options):
    """Resolve the four locks anew, with hashes."""
    for command in LOCK_COMMANDS:
        program, *arguments = shlex.split(command)
        run(ready_python(options), "-m", program, *arguments)
    run(ready_python(options), "-m", "website.node", "install", "--package-lock-only")


def clean(options):
    """Remove what the other commands made."""
    remove_made(everything=options.all)


def help_(options):
    """List the commands; each has more to say: `python tasks.py book --help`."""
    for name, task in COMMANDS.items():
        print(f"{name:<12} {task.__doc__.splitlines()[0]}")


COMMANDS = {
    task.__name__.strip("_"): task
    for task in (
        *(book, test, check, serve, pdf, zip_, screenshots, jupyter, notebooks, branch, format_),
        *(seed, update, numbers, changes, links, messages, release, homework, grade, bench),
        *(env, lock, clean, help_),
    )
}
PASSED_ON = ("test", "release", "homework", "grade", "bench")  # what follows, another one reads


def at_home(name):
    """Return a path whose ~ is the home folder: make and zsh leave `BEFORE=~/…` as it is."""
    return Path(name).expanduser()


def parser():
    """Return the reader of the command line, with one line of help for each command."""
    top = argparse.ArgumentParser(prog="tasks.py", description="The commands of rnaseq-hw.")
    top.add_argument(
        "--no-lock", action="store_true", help="use the Python that runs this, without .venv"
    )
    names = top.add_subparsers(dest="command", metavar="command")
    each = {
        name: names.add_parser(
            name,
            help=task.__doc__.splitlines()[0],
            allow_abbrev=False,
            add_help=name not in PASSED_ON,
        )
        for name, task in COMMANDS.items()
    }
    each["book"].add_argument("--fresh", action="store_true", help="run every cell again")
    each["book"].add_argument(
        "--without-python", action="store_true", help="leave out what runs Python in the pages"
    )
    each["serve"].add_argument("--port", type=int, default=8000)
    each["serve"].add_argument("--open", action="store_true", help="open a browser")
    each["seed"].add_argument("value", help="a whole number, such as 45")
    each["update"].add_argument("--release", default="", help="the newest unless named")
    each["numbers"].add_argument("before", type=at_home, help="the numbers.json of another build")
    each["numbers"].add_argument("after", type=Path, nargs="?", default=SITE / FILE)
    each["changes"].add_argument("before", type=at_home, help="the folder of another built site")
    each["changes"].add_argument("after", type=Path, nargs="?", default=SITE)
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
    options, rest = top.parse_known_args(arguments[:cut])
    options.rest = rest + arguments[cut + 1 :]
    if options.rest and options.command not in PASSED_ON:
        top.error(f"{options.command or 'tasks.py'} does not know {' '.join(options.rest)}")
    try:
        COMMANDS[options.command or "help"](options)
    except KeyboardInterrupt:
        site = options.command in ("book", "serve", "pdf", "zip", "screenshots", "branch")
        sys.exit("Stopped." + " A site that was built before is as it was." * site)


if __name__ == "__main__":
    main()
