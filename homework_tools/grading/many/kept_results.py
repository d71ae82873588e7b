"""Keep each result under a hash of all that it depends on."""

import hashlib
import json
import sys
from pathlib import Path

import homework_tools
from homework_tools.grading.submission import Submission
from homework_tools.master.master import Master
from homework_tools.sandbox.host.sandbox import Sandbox
from homework_tools.text_files import write_text
from homework_tools.words.translator import now

PACKAGE = Path(homework_tools.__file__).parent


def grading_key(master: Master, sandbox: Sandbox) -> str:
    """Return a hash of all that a grade depends on beside the submission."""
    total = hashlib.sha256(master.path.read_bytes())
    total.update(repr((code_key(), sandbox.kind, sandbox.limits, now.compiled)).encode())
    return total.hexdigest()


def code_key() -> str:
    """Return a hash of the grader's own code, and of the Python that runs it."""
    total = hashlib.sha256(sys.version.encode())
    for path in sorted(PACKAGE.rglob("*.py")):
        total.update(path.read_bytes())
    return total.hexdigest()


def submission_key(shared: str, submission: Submission) -> str:
    """Return a hash of all that one grade depends on."""
    return hashlib.sha256(repr((shared, submission)).encode()).hexdigest()


def kept_result(path: Path, key: str) -> dict | None:
    """Return the result in a file if it is whole and still true, else None."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) and record.get("key") == key else None


def keep_result(path: Path, record: dict) -> None:
    """Write a result so that it is there whole or not at all."""
    write_text(path, json.dumps(record, indent=1, ensure_ascii=True))
