"""Write every glued value of the build into `numbers.json`, to see later which ones moved."""

import json
from pathlib import Path

from sphinx.application import Sphinx

from homework_tools.text_files import write_text
from website.extensions.gate.checks import glued_texts

FILE = "numbers.json"


def _write_numbers(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.format != "html":
        return
    numbers = {}
    for docname in sorted(app.env.found_docs):
        if values := glued_texts(app, docname):
            numbers[docname] = dict(sorted(values.items()))
    text = json.dumps(numbers, indent=1, ensure_ascii=False) + "\n"
    write_text(Path(app.outdir, FILE), text)
