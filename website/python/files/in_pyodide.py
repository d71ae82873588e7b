"""Runs in Pyodide, at build time: compile what the browser will import, and lay it end to end."""

import importlib
import io
import json
import marshal
import os
import re
import zipfile
from importlib.util import MAGIC_NUMBER
from pathlib import Path

SITE = "/lib/python3.14/site-packages/"
# What no student's code imports. `numpy/f2py` stays: SciPy imports it. Licenses stay as well.
NOT_NEEDED = re.compile(
    r"(^|/)(tests?|_examples|sample_data|include|_pyinstaller|distutils)/"
    r"|\.(pyi|pxd|pyx|h|hpp|c|cpp|f|f90|a|in|rst|md|bat|typed)$"
    r"|\.dist-info/(?!METADATA|licenses/|LICENSE)"
    r"|^(mpl_toolkits/axes|scipy/datasets|pandas/_testing/_hyp|matplotlib/backends/web_backend)"
    r"|^matplotlib/mpl-data/images"
    r"|^matplotlib/mpl-data/fonts/(afm|pdfcorefonts|ttf/(STIX|cm|DejaVuSerif|DejaVuSansDisplay))"
)


def compiled(name, content, folder):
    """Return a module's file as compiled code that is never checked against its source."""
    if not name.endswith(".py"):
        return name, content
    code = compile(content, folder + name, "exec", dont_inherit=True)
    unchecked = (1).to_bytes(4, "little") + bytes(8)
    return name + "c", MAGIC_NUMBER + unchecked + marshal.dumps(code)


def compiled_files(files):
    """Return a bundle's files from pairs of name and content."""
    return [compiled(name, bytes(content), SITE) for name, content in files]


def files_of(wheels):
    """Return the files of wheels that a bundle needs."""
    files = []
    for wheel in wheels:
        with zipfile.ZipFile(io.BytesIO(bytes(wheel))) as archive:
            names = sorted(n for n in archive.namelist() if not n.endswith("/"))
            files += [(n, archive.read(n)) for n in names if not NOT_NEEDED.search(n)]
    return compiled_files(files)


def bundle(files):
    """Return the length of the index, the index, and the files one after the other."""
    index = json.dumps([[name, len(content)] for name, content in files], separators=(",", ":"))
    head = len(index.encode()).to_bytes(4, "little") + index.encode()
    return head + b"".join(content for _, content in files)


def standard_library(archive):
    """Return the standard library's archive with compiled code in place of its source."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bytes(archive))) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist()):
            name, content = compiled(name, old.read(name), "/lib/python314.zip/")
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return out.getvalue()


def with_font_list(base, plot):
    """Return Matplotlib's files with its list of fonts, so that no reader waits for it."""
    for name, content in [*base, *plot]:
        path = Path(SITE, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    importlib.invalidate_caches()
    settings = Path(SITE, "mpl-config")
    os.environ["MPLCONFIGDIR"] = str(settings)
    importlib.import_module("matplotlib.font_manager")
    lists = sorted(settings.glob("fontlist*"))
    return [*plot, *((f"mpl-config/{path.name}", path.read_bytes()) for path in lists)]
