"""Cells draw in the page's face, and the lighter form of each figure is kept."""

import base64
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import nbformat
import pytest

import tasks
from website.extensions.finish.images import DOTS
from website.extensions.notebook.figures import keep_lighter, write_settings


def figure_cell(*, png_bytes, marks):
    """Return a notebook whose cell has drawn a figure with so many marks."""
    numbers = random.Random(0)
    points = "".join(f'<use x="{numbers.random() * 300:.6f}"/>' for _ in range(marks))
    svg = f"<svg><metadata>who and when</metadata>{points}</svg>"
    png = base64.b64encode(bytes(png_bytes)).decode()
    output = nbformat.v4.new_output("display_data", {"image/png": png, "image/svg+xml": svg})
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=[output])])


@pytest.mark.parametrize(
    ("png_bytes", "marks", "kept"),
    [
        (30_000, 10, "image/svg+xml"),
        (10_000, 3_000, "image/png"),
        (300_000, 3_000, "image/svg+xml"),
        (300_000, 3_001, "image/png"),
    ],
)
def test_form_of_a_figure_that_is_lighter_and_soon_drawn_is_kept(png_bytes, marks, kept):
    notebook = figure_cell(png_bytes=png_bytes, marks=marks)
    keep_lighter(notebook)
    assert list(notebook.cells[0].outputs[0].data) == [kept]


def test_svg_is_kept_without_what_nobody_sees():
    notebook = figure_cell(png_bytes=30_000, marks=1)
    keep_lighter(notebook)
    svg = notebook.cells[0].outputs[0].data["image/svg+xml"]
    assert "who and when" not in svg
    assert 'x="253.32"' in svg


def test_matplotlib_finds_the_face_of_the_page(tmp_path):
    variables = {**os.environ, **write_settings(tmp_path)}
    code = "from matplotlib import font_manager as f; print(f.findfont(f.FontProperties()))"
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, env=variables, capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()) == tmp_path / "matplotlib" / "text.ttf"
    assert done.stderr == ""
    assert json.loads(next((tmp_path / "matplotlib").glob("fontlist-*.json")).read_text("utf-8"))


def test_size_of_an_svg_is_that_of_a_png_of_the_book():
    rc = mpl.rc_params_from_file(tasks.ROOT / "book" / "matplotlibrc", use_default_template=False)
    assert rc["figure.dpi"] / 72 == pytest.approx(DOTS)
