"""Time each step of the lab's controls in Chromium: `python tools/benchmarks/lab_steps.py`.

It needs the built site (`make book`) and Chromium. The lab notes two times of each step by
`performance.measure`: `lab-step`, what the page's own thread spends on showing it, and `lab-wait`,
from the movement to the picture, which includes the worker where data are made anew.
"""

import shutil
import statistics
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PAGE = Path(__file__).resolve().parents[2] / "_build" / "html" / "book" / "lab.html"
STEPS = 30
OBSERVE = """
window.times = [];
new PerformanceObserver((list) => {
  for (const { name, detail, duration } of list.getEntries()) times.push([name, detail, duration]);
}).observe({ type: "measure" });
"""


def move(page, control):
    """Move one control to and fro, a step each time."""
    field = control.locator("input, select")
    field.focus()
    for step in range(STEPS):
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(index=(step + 1) % 2)
        elif field.get_attribute("type") == "checkbox":
            page.keyboard.press("Space")
        else:
            page.keyboard.press("ArrowLeft" if step % 10 < 5 else "ArrowRight")
            if field.get_attribute("type") == "number":
                page.keyboard.press("ArrowUp")
        page.wait_for_timeout(120)


def main():
    """Print a table of medians and 95th percentiles, in milliseconds."""
    if not PAGE.is_file():
        sys.exit(f"{PAGE} is not there: run `make book` first")
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.add_init_script(OBSERVE)
        page.goto(PAGE.as_uri())
        page.locator(".lab-axes text").first.wait_for()
        print("control      steps  page median     p95  wait median     p95")
        for control in page.locator(".lab-control").all():
            page.evaluate("times = []")
            move(page, control)
            times = page.evaluate("times")
            print(row(times, control.locator("input, select").get_attribute("name")))
        browser.close()


def row(times, name):
    """Return one line of the table."""
    cells = [f"{name:<12} {sum(each[0] == 'lab-step' for each in times):>5}"]
    for kind in ("lab-step", "lab-wait"):
        found = sorted(duration for each, _, duration in times if each == kind)
        cells.append(f"{statistics.median(found):>12.1f} {found[int(0.95 * len(found))]:>7.1f}")
    return " ".join(cells)


if __name__ == "__main__":
    main()
