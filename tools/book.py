"""Build the site: every warning is an error, and the last good site stays until there is another.

Only the standard library is used: the build itself runs in `.venv`.
"""

import shutil
import subprocess
import sys

from tools.environment import BUILD, LOCK, ROOT, digest, environment

SITE = BUILD / "html"
REPORTS = BUILD / "reports"
READ = ("book", "homework", "homework_tools", "local", "rnaseq_hw", "tools", "website")
VARIABLES = ("SITE_", "GITHUB_", "PYTHON_FILES_", "WITHOUT_", "SOURCE_DATE_")  # so they begin
# What a build leaves for the next one, while a key is the same.
KEPT = {
    "execution-key.txt": [".jupyter_cache"],
    "reading-key.txt": [".doctrees", "jupyter_execute"],
}


def build_command(source, output, python=sys.executable, *, builder=""):
    """Return the command of the gate's build: every warning is shown and is an error.

    The extensions are those beside the book, whatever tree the environment was made for. Python
    does not search for what refers to itself, which would cost a third of the build's time, and
    the cards that opengraph could draw are not imported. Of a wrong setting Sphinx has said all:
    Jupyter Book's traceback would only hide it. Another builder of Sphinx than the site's may be
    named.
    """
    code = "import atexit, gc, sys; gc.disable(); atexit.register(gc.freeze); "
    code += "sys.modules['sphinxext.opengraph._social_cards'] = None; "
    code += "sys.path.insert(0, sys.argv[2]); "
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
    settings += ["website/extensions/finish/text_fonts.py"]  # makes the face of the figures
    inputs = [LOCK, *(ROOT / name for name in settings)]
    package = [p for p in (ROOT / "rnaseq_hw").rglob("*") if "__pycache__" not in p.parts]
    inputs += [*package, *(ROOT / "book" / "data").rglob("*")]
    return digest(sys.version, *sorted(inputs))


def reading_key(variables):
    """Return a hash of all that decides how pages are read but their texts, which Sphinx compares.

    That is the files at the top and in the folders of the book and its tools, and no submission
    that lies next to them; `variables` are those of the build's environment.
    """
    files = {path for path in ROOT.iterdir() if path.is_file() and path.name[0] != "."}
    files |= {path for name in READ for path in (ROOT / name).rglob("*")}
    files = {p for p in files if "__pycache__" not in p.parts and p.suffix != ".mo"}  # made by us
    pages = {path for name in ("book", "local") for path in (ROOT / name).glob("*.md")}
    named = sorted((n, value) for n, value in variables.items() if n.startswith(VARIABLES))
    return digest(sys.version, named, sorted(map(str, pages)), *sorted(files - pages))


def sweep(folder, *, keep_cache, reading=None):
    """Empty a build's folder, but for what an earlier one left there and can still be true.

    That is the outputs of cells if `keep_cache`, and with the key `reading` the pages as they were
    read. That key is written again when the build has ended well: a page that was read with a
    warning is read again.
    """
    execution = execution_key()
    kept = set()
    for name, key in zip(KEPT, (execution, reading), strict=True):
        file = folder / name
        if keep_cache and file.is_file() and file.read_text(encoding="utf-8") == key:
            kept |= {*KEPT[name]}
    for path in list(folder.iterdir()) if folder.is_dir() else []:
        if path.name not in kept:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "execution-key.txt").write_text(execution, encoding="utf-8")


def take_outputs(cache, key, made=BUILD / "work" / "_build"):
    """Copy the outputs of cells that a build has left to a new cache, while they can be true."""
    note, kept = made / "execution-key.txt", made / ".jupyter_cache"
    known = note.is_file() and note.read_text(encoding="utf-8") == key
    if known and kept.is_dir():  # it is not there if the build was stopped before any cell ran
        shutil.copytree(kept, cache)


def build_book(python, *, fresh=False, with_python=True):
    """Build the site with an interpreter; run every cell again if `fresh`."""
    work = BUILD / "work"
    variables = environment(python) | ({} if with_python else {"WITHOUT_PYTHON": "1"})
    reading = reading_key(variables)
    sweep(work / "_build", keep_cache=not fresh, reading=reading)
    shutil.rmtree(REPORTS, ignore_errors=True)
    print("Building the book: a minute if the cells have to run, else seconds.", flush=True)
    with (work / "build.log").open("w", encoding="utf-8") as log:  # warnings go to the screen
        command = build_command(ROOT, work, python)
        code = subprocess.run(command, cwd=ROOT, env=variables, stdout=log).returncode
    new = work / "_build" / "html"
    if code:
        explain_failure(new / "reports", log.name)
        sys.exit(1)
    (new / ".buildinfo").unlink(missing_ok=True)  # a hash of this computer's paths
    try:
        if SITE.is_dir():
            shutil.rmtree(SITE)
        new.rename(SITE)
    except OSError as error:  # on Windows, where another program has a file of it open
        sys.exit(f"{SITE} could not be replaced ({error}): close what shows it, and try again.")
    (work / "_build" / "reading-key.txt").write_text(reading, encoding="utf-8")


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
