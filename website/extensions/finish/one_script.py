"""Send all pages one script in place of those that most have: nine or so."""

import re
from pathlib import Path

from homework_tools.text_files import write_text
from website.extensions.finish.joint_file import JointFile, common_files, version_of

SCRIPT = "_static/scripts/site.js"
# Those in a page's head that say no more than where they are.
TAG = re.compile(
    r'[ \t]*<script (?:defer(?:="defer")? )?src="([^"?:]*?)(_static/[^"?]+\.js)[^"]*"></script>\n?'
    r"(?=.*</head>)",
    flags=re.S,
)


def apart(script: str) -> str:
    """Return a script whose errors stop no other; what it names is there for the others still."""
    script = re.sub(r"^(?:const|let) ", "var ", script, flags=re.M)
    return f"try {{\n{script}\n}} catch (error) {{ reportError(error); }}\n"


def join_scripts(top: Path, pages: dict[Path, str]) -> JointFile | None:
    """Write one script with those that most pages have, in their order."""
    common = common_files(TAG, pages.values(), SCRIPT)
    common = [path for path in common if (top / path).is_file()]  # the icons' was dropped
    if not common:
        return None
    text = "".join(apart((top / path).read_text(encoding="utf-8")) for path in common)
    write_text(top / SCRIPT, text)
    written = f'    <script defer src="{{top}}{SCRIPT}?v={version_of(text)}"></script>\n'
    return JointFile(TAG, tuple(common), written)
