"""The commands that resolve the locks of Python packages anew, with hashes."""

BOOK = (
    "uv pip compile --universal --fork-strategy fewest --python-version 3.11 --generate-hashes"
    " --extra book --extra dev -o requirements.lock pyproject.toml"
)
BENCHMARKS = (
    "uv pip compile --python-version 3.11 --universal --generate-hashes"
    " -o tools/benchmarks/requirements.lock tools/benchmarks/requirements.in"
)
NOTEBOOKS = (  # without what pyproject.toml says: pip installs from it, whole
    "uv pip compile --no-config --universal --fork-strategy fewest --python-version 3.11"
    " --generate-hashes"
    " -o website/launch/requirements.lock website/launch/requirements.in"
)
LOCK_COMMANDS = (BOOK, BENCHMARKS, NOTEBOOKS)
