"""The ten questions as a package of IMS QTI 1.2, with the settings that Canvas reads.

The folder `canvas` has a template of each file. Nothing is shown after an attempt, so that the test
before the course gives no answer away to those who take it again; Canvas offers to show the
feedback whenever the instructor likes.
"""

import io
import zipfile

from homework_tools.exports.questions import Questions
from homework_tools.words.pages import PAGES
from homework_tools.zips import undated

NAME = "before_and_after"
FILES = {  # of the package, each with its template
    "imsmanifest.xml": "exports/canvas/imsmanifest.xml",
    f"{NAME}/{NAME}.xml": "exports/canvas/assessment.xml",
    f"{NAME}/assessment_meta.xml": "exports/canvas/assessment_meta.xml",
}


def qti_package(test: Questions) -> bytes:
    """Return a zip with the manifest, the questions and Canvas's settings of the test."""
    items = []
    for number, question in enumerate(test.items, start=1):
        item = f"{NAME}_{number}"
        named = zip("abcdef", question.answers, strict=False)
        items.append((item, question, {f"{item}_{letter}": answer for letter, answer in named}))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for file, template in FILES.items():
            text = PAGES.get_template(template).render(name=NAME, test=test, items=items)
            archive.writestr(undated(file), text)
    return content.getvalue()
