"""Ask for every address of another site that the book names, by Sphinx's own checker of links.

What it passes over, and how often it asks, is in _config.yml.
"""

import subprocess
import sys

from tools.book import build_command, sweep
from tools.environment import BUILD, ROOT, environment


def check_links(python):
    """Print each link that leads nowhere, with file and line; stop if there is one.

    The outputs of cells are those of the last build, where there are any.
    """
    work = BUILD / "work"
    sweep(work / "_build", keep_cache=True)
    command = [*build_command(ROOT, work, python), "-q", "--builder", "linkcheck"]
    variables = environment(python) | {"WITHOUT_PYTHON": "1"}
    if subprocess.run(command, cwd=ROOT, env=variables).returncode:
        sys.exit("A link leads nowhere, or could not be checked: see above.")
    print("Every link to another site leads somewhere.")
