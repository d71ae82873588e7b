"""The ten questions as a package of IMS QTI 1.2, with the settings that Canvas reads.

Nothing is shown after an attempt, so that the test before the course gives no answer away to those
who take it again; Canvas offers to show the feedback whenever the instructor likes.
"""

import html
import io
import zipfile
from xml.etree import ElementTree

from homework_tools.exports.questions import Answer, Question, Questions
from homework_tools.zips import undated

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
RESOURCE = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
NAME = "before_and_after"


def qti_package(test: Questions) -> bytes:
    """Return a zip with the manifest, the questions and Canvas's settings of the test."""
    files = {
        "imsmanifest.xml": _manifest(),
        f"{NAME}/{NAME}.xml": _assessment(test),
        f"{NAME}/assessment_meta.xml": _settings(test),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, element in files.items():
            ElementTree.indent(element)
            text = ElementTree.tostring(element, encoding="UTF-8", xml_declaration=True)
            archive.writestr(undated(name), text)
    return content.getvalue()


def _add(parent, tag: str, text: str = "", **attributes: str):
    """Return a new element at the end of another one."""
    element = ElementTree.SubElement(parent, tag, attributes)
    element.text = text or None
    return element


def _material(parent, text: str) -> None:
    material = _add(parent, "material")
    _add(material, "mattext", f"<p>{html.escape(text, quote=False)}</p>", texttype="text/html")


def _fields(parent, **fields: str) -> None:
    metadata = _add(parent, "qtimetadata")
    for label, entry in fields.items():
        field = _add(metadata, "qtimetadatafield")
        _add(field, "fieldlabel", label)
        _add(field, "fieldentry", entry)


def _assessment(test: Questions):
    root = ElementTree.Element("questestinterop", xmlns=QTI)
    assessment = _add(root, "assessment", ident=NAME, title=test.title)
    _fields(assessment, cc_maxattempts="1")
    section = _add(assessment, "section", ident="root_section")
    for number, question in enumerate(test.items, start=1):
        _item(section, question, f"{NAME}_{number}")
    return root


def _item(section, question: Question, name: str) -> None:
    """Write a question: what is shown, what earns the point, and what is said to each answer."""
    answers = {f"{name}_{letter}": a for letter, a in zip("abcdef", question.answers, strict=False)}
    item = _add(section, "item", ident=name, title=question.title)
    _fields(
        _add(item, "itemmetadata"),
        question_type="multiple_choice_question",
        points_possible="1.0",
        original_answer_ids=",".join(answers),
        assessment_question_identifierref=f"{name}_question",
    )
    presentation = _add(item, "presentation")
    _material(presentation, question.ask)
    response = _add(presentation, "response_lid", ident="response1", rcardinality="Single")
    choice = _add(response, "render_choice")
    for ident, answer in answers.items():
        _material(_add(choice, "response_label", ident=ident), answer.says)
    _scoring(item, answers)
    for ident, answer in answers.items():
        feedback = _add(item, "itemfeedback", ident=f"{ident}_fb")
        _material(_add(feedback, "flow_mat"), answer.why)


def _scoring(item, answers: dict[str, Answer]) -> None:
    scoring = _add(item, "resprocessing")
    score = {"maxvalue": "100", "minvalue": "0", "varname": "SCORE", "vartype": "Decimal"}
    _add(_add(scoring, "outcomes"), "decvar", **score)
    for ident in answers:
        said = _chosen(scoring, ident, "Yes")
        _add(said, "displayfeedback", feedbacktype="Response", linkrefid=f"{ident}_fb")
    (right,) = [ident for ident, answer in answers.items() if not answer.misconception]
    _add(_chosen(scoring, right, "No"), "setvar", "100", action="Set", varname="SCORE")


def _chosen(scoring, ident: str, goes_on: str):
    """Return the condition that an answer is the chosen one."""
    condition = _add(scoring, "respcondition", **{"continue": goes_on})
    _add(_add(condition, "conditionvar"), "varequal", ident, respident="response1")
    return condition


def _settings(test: Questions):
    quiz = ElementTree.Element("quiz", identifier=NAME, xmlns=CANVAS)
    settings = {
        "title": test.title,
        "shuffle_answers": "true",
        "scoring_policy": "keep_highest",
        "hide_results": "always",
        "quiz_type": "practice_quiz",
        "points_possible": f"{len(test.items):.1f}",
        "show_correct_answers": "false",
        "allowed_attempts": "1",
    }
    for name, value in settings.items():
        _add(quiz, name, value)
    return quiz


def _manifest():
    root = ElementTree.Element("manifest", identifier=f"{NAME}_manifest", xmlns=PACKAGE)
    metadata = _add(root, "metadata")
    _add(metadata, "schema", "IMS Content")
    _add(metadata, "schemaversion", "1.1.3")
    _add(root, "organizations")
    resources = _add(root, "resources")
    questions = _add(resources, "resource", identifier=NAME, type="imsqti_xmlv1p2")
    _add(questions, "file", href=f"{NAME}/{NAME}.xml")
    _add(questions, "dependency", identifierref=f"{NAME}_settings")
    href = f"{NAME}/assessment_meta.xml"
    settings = {"identifier": f"{NAME}_settings", "type": RESOURCE, "href": href}
    _add(_add(resources, "resource", **settings), "file", href=href)
    return root
