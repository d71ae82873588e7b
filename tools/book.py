"""Build the site: every warning is an error, and the last good site stays until there is another.

Only the standard library is used: the build itself runs in `.venv`.
"""

import shutil
import subprocess
import sys

from tools.environment import BUILD, LOCK, ROOT, digest, environment

SITE = BUILD / "html"
REPORTS = BUILD / "reports"


def build_command(source, output, python=sys.executable, *, builder=""):
    """Return the command of the gate's build: every warning is shown and is an error.

    The extensions are those beside the book, whatever tree the environment was made for. Python
    frees what refers to itself when the build ends: a search in between costs a third of its time.
    Of a wrong setting Sphinx has said all: Jupyter Book's traceback would only hide it. Another
    builder of Sphinx than the site's may be named.
    """
    code = "import gc, sys; gc.disable(); sys.path.insert(0, sys.argv[2]); "
    code += "from sphinx.errors import ConfigError; show = sys.excepthook; "
    code += "sys.excepthook = lambda *e: isinstance(e[1].__cause__, ConfigError) or show(*e); "
    code += "from jupyter_book.cli.main import main"
    program = [str(python), "-P", "-c", f"{code}; main()"]
    where = [str(source), "--path-output", str(output)]
    other = ["--builder", "custom", "--custom-builder", builder] if builder else []
    return [*program, "build", *where, *other, "-n", "-W", "--keep-going"]


def execution_key():
    """Return a hash of everything but the chapter itself that a cell's output depends on."""
    settings = ["tools/environment.py", "book/matplotlibrc"]
    settings += ["website/node/package-lock.json", "website/extensions/notebook/figures.py"]
    inputs = [LOCK, *(ROOT / name for name in settings)]
    package = [p for p in (ROOT / "rnaseq_hw").rglob("*") if "__pycache__" not in p.parts]
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


def build_book(python, *, fresh=False, with_python=True):
    """Build the site with an interpreter; run every cell again if `fresh`."""
    work = BUILD / "work"
    sweep(work / "_build", keep_cache=not fresh)
    shutil.rmtree(REPORTS, ignore_errors=True)
    print("Building the book: a minute if the cells have to run, else seconds.", flush=True)
    with (work / "build.log").open("w", encoding="utf-8") as log:  # warnings go to the screen
        command = build_command(ROOT, work, python)
        variables = environment(python) | ({} if with_python else {"WITHOUT_PYTHON": "1"})
        code = subprocess.run(command, cwd=ROOT, env=variables, stdout=log).returncode
    new = work / "_build" / "html"
    if code:
        explain_failure(new / "reports", log.name)
        sys.exit(1)
    (new / ".buildinfo").unlink(missing_ok=True)  # a hash of this computer's paths
    shutil.rmtree(SITE, ignore_errors=True)
    shutil.move(new, SITE)


def explain_failure(reports, log):
    """Say that the build failed and where the reports of failed cells are."""
    print(f"\nThe book is NOT built; the reason is above. What the build printed before it: {log}")
    if reports.is_dir():
        shutil.copytree(reports, REPORTS)
        for report in sorted(REPORTS.rglob("*.log")):
            print(report.read_text(encoding="utf-8").partition("\n")[0])
            print(f"The traceback of that cell is in {report}")
    if SITE.is_dir():
        print(f"{SITE} still holds the last good site.")
