"""The ten questions for before and after the course are sound, and learning platforms read them."""

import html
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest

from homework_tools.exports.gift import escaped, gift
from homework_tools.exports.qti import NAME, qti_package
from homework_tools.exports.questions import FILE, Answer, Question, Questions, read_questions
from homework_tools.exports.write import write_questions
from homework_tools.master.master import MasterError
from homework_tools.master.read import MASTER, read_master

SOURCE = MASTER.with_name(FILE)
HOSTILE = r"a ~ b = {c} # d: e \\ f & <g> 100%"
SMALL = Questions(
    "Small / test",
    (
        Question(HOSTILE, f"{HOSTILE}?", (Answer("yes", HOSTILE), Answer(HOSTILE, "no", "x"))),
        Question("2", "Why?", (Answer("a", "b", "y"), Answer("c", "d"), Answer("e", "f", "z"))),
    ),
)


@pytest.fixture(scope="module")
def test():
    return read_questions(SOURCE)


# ---- the questions ------------------------------------------------------------------------------


def test_there_are_ten_questions_each_with_four_answers_that_differ(test):
    assert len(test.items) == 10
    for question in test.items:
        assert len({answer.says for answer in question.answers}) == 4, question.title
        assert len({answer.why for answer in question.answers}) == 4, question.title
        assert question.ask.endswith("?")


def test_right_answer_is_not_always_in_the_same_place_nor_the_longest(test):
    rights = [[not answer.misconception for answer in q.answers].index(True) for q in test.items]
    assert set(rights) == {0, 1, 2, 3}
    longest = [max(q.answers, key=lambda answer: len(answer.says)) for q in test.items]
    assert sum(not answer.misconception for answer in longest) < 8


def test_misconceptions_of_the_course_are_there(test):
    found = {a.misconception for question in test.items for a in question.answers} - {""}
    assert len(found) >= 25
    assert {
        "p is the probability that the null hypothesis is true",
        "not significant means no effect",
        "the false positive rate is taken over the genes that are called",
        "5 % of the calls are wrong",
        "a larger sample makes more false positives",
        "a fold change is a difference of the values",
        "a missing value is the same as 0",
    } <= found


def test_counts_of_the_rates_agree_with_each_other(test):
    (asked,) = [q for q in test.items if q.title == "Which rate is it?"]
    unaffected, affected, false, true = map(int, re.findall(r"\d+", asked.ask))
    says = {answer.misconception: answer.says for answer in asked.answers}
    assert says[""] == f"{false} / {unaffected}"
    called = "the false positive rate is taken over the genes that are called"
    assert says[called] == f"{false} / ({false} + {true})"
    values = [eval(expression) for expression in says.values()]
    assert len({round(value, 9) for value in values}) == 4
    assert 0 < true < affected


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            'misconception: "p measures the size',
            'mistake: "p measures the size',
            "unknown key 'mis",
        ),
        ('        misconception: "p measures the size of the effect"\n', "", "2 answers without"),
        ('title: "Fold change"', 'title: "Many genes"', "two questions have the same title"),
        ('title: "Fold change"', "title: 3", "3 should be text"),
        ('title: "Fold change"', 'title: " "', "' ' should be text"),
        ('title: "Fold change"', "title: [", "ScannerError"),
        ("    answers:\n", "    reply:\n", "KeyError: 'answers'"),
    ],
)
def test_faulty_list_is_refused(old, new, words, tmp_path):
    text = SOURCE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "homework" / FILE
    path.parent.mkdir()
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(MasterError, match=rf"^homework/{FILE}:1: .*{words}"):
        read_questions(path)


# ---- GIFT: read again by the rules that Moodle documents ----------------------------------------


def plain(text):
    """Return what Moodle shows of an escaped text."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[~=#{}:]", text), f"not escaped: {text}"
    return re.sub(r"\\(.)", r"\1", text)


def read_gift(text):
    """Return title, question and answers of each question: (right, says, why)."""
    read = []
    for block in re.split(r"\n\s*\n", text.strip())[1:]:
        unescaped = r"(?<!\\)((?:\\\\)*)"
        match = re.fullmatch(
            rf"::(.*?){unescaped}::\[plain\](.*?){unescaped}\{{(.*)\}}", block, re.S
        )
        title, _, ask, _, rest = match.groups()
        answers = re.findall(r"^\t([=~])((?:\\.|[^#\\])*) #(.*)$", rest, re.M)
        assert len(answers) == rest.strip().count("\n") + 1
        answers = [(mark, plain(says), plain(why)) for mark, says, why in answers]
        read.append((plain(title), plain(ask).strip(), answers))
    return read


@pytest.mark.parametrize("which", ["ours", "hostile"])
def test_gift_holds_each_question_as_it_was_written(which, test):
    made = test if which == "ours" else SMALL
    assert read_gift(gift(made)) == [
        (q.title, q.ask, [("~" if a.misconception else "=", a.says, a.why) for a in q.answers])
        for q in made.items
    ]


def test_gift_escapes_what_it_obeys():
    assert escaped(r"a~b=c#d{e}f:g\h") == r"a\~b\=c\#d\{e\}f\:g\\h"
    assert gift(SMALL).startswith("$CATEGORY: $course$/top/Small // test\n\n::a ")


def test_no_answer_looks_like_a_match_a_weight_or_a_comment(test):
    for question in test.items:
        for answer in question.answers:
            assert not re.search(r"->|^%|^//|\n", answer.says + answer.why)


# ---- QTI 1.2: the structure that the specification gives, and what Canvas reads ------------------

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
CHILDREN = {  # the elements that we use, with those that may be in them, in order
    "questestinterop": "assessment",
    "assessment": "qtimetadata section",
    "qtimetadata": "qtimetadatafield*",
    "qtimetadatafield": "fieldlabel fieldentry",
    "section": "item*",
    "item": "itemmetadata presentation resprocessing itemfeedback*",
    "itemmetadata": "qtimetadata",
    "presentation": "material response_lid",
    "material": "mattext",
    "response_lid": "render_choice",
    "render_choice": "response_label*",
    "response_label": "material",
    "resprocessing": "outcomes respcondition*",
    "outcomes": "decvar",
    "respcondition": "conditionvar setvar? displayfeedback?",
    "conditionvar": "varequal",
    "itemfeedback": "flow_mat",
    "flow_mat": "material",
}
ATTRIBUTES = {
    "assessment": {"ident", "title"},
    "section": {"ident"},
    "item": {"ident", "title"},
    "mattext": {"texttype"},
    "response_lid": {"ident", "rcardinality"},
    "response_label": {"ident"},
    "decvar": {"maxvalue", "minvalue", "varname", "vartype"},
    "respcondition": {"continue"},
    "varequal": {"respident"},
    "setvar": {"action", "varname"},
    "displayfeedback": {"feedbacktype", "linkrefid"},
    "itemfeedback": {"ident"},
}


def package(test):
    """Return the parsed files of a package, by name."""
    with zipfile.ZipFile(io.BytesIO(qti_package(test))) as archive:
        return {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}


def tag(element):
    namespace, _, name = element.tag.rpartition("}")
    assert namespace == f"{{{QTI}"
    return name


@pytest.mark.parametrize("which", ["ours", "hostile"])
def test_qti_has_the_structure_of_the_specification(which, test):
    root = package(test if which == "ours" else SMALL)[f"{NAME}/{NAME}.xml"]
    assert tag(root) == "questestinterop"
    for element in root.iter():
        wanted = CHILDREN.get(tag(element), "").split()
        wanted = "".join(re.sub(r"(\w+)", r"(?:\1 )", each, count=1) for each in wanted)
        assert re.fullmatch(wanted, "".join(f"{tag(child)} " for child in element))
        assert set(element.attrib) == ATTRIBUTES.get(tag(element), set())
    idents = [each.get("ident") for each in root.iter() if each.get("ident")]
    shared = [ident for ident in set(idents) if idents.count(ident) > 1]
    assert shared == ["response1"]


@pytest.mark.parametrize("which", ["ours", "hostile"])
def test_qti_holds_each_question_with_its_right_answer_and_feedback(which, test):
    made = test if which == "ours" else SMALL
    names = {"q": QTI}
    root = package(made)[f"{NAME}/{NAME}.xml"]
    items = root.findall(".//q:item", names)
    assert len(items) == len(made.items)
    for item, question in zip(items, made.items, strict=True):
        shown = [html.unescape(e.text)[3:-4] for e in item.findall(".//q:mattext", names)]
        says, whys = zip(*((a.says, a.why) for a in question.answers), strict=True)
        assert shown == [question.ask, *says, *whys]
        assert item.get("title") == question.title
        labels = [e.get("ident") for e in item.findall(".//q:response_label", names)]
        points, feedback = {}, {}
        for condition in item.findall(".//q:respcondition", names):
            chosen = condition.find(".//q:varequal", names).text
            for setting in condition.findall("q:setvar", names):
                points[chosen] = setting.text
            for said in condition.findall("q:displayfeedback", names):
                feedback[chosen] = said.get("linkrefid")
        right = [not answer.misconception for answer in question.answers]
        assert points == {labels[right.index(True)]: "100"}
        kept = [e.get("ident") for e in item.findall("q:itemfeedback", names)]
        assert [feedback[label] for label in labels] == kept


def test_package_names_each_of_its_files_and_canvas_shows_no_result(test):
    files = package(test)
    names = {"p": PACKAGE, "c": CANVAS}
    manifest = files.pop("imsmanifest.xml")
    hrefs = {each.get("href") for each in manifest.findall(".//p:file", names)}
    assert hrefs == set(files)
    kinds = {r.get("identifier"): r.get("type") for r in manifest.findall(".//p:resource", names)}
    assert kinds[NAME] == "imsqti_xmlv1p2"
    (needed,) = manifest.findall(".//p:dependency", names)
    assert needed.get("identifierref") in kinds
    settings = files[f"{NAME}/assessment_meta.xml"]
    assert settings.find("c:hide_results", names).text == "always"
    assert settings.find("c:points_possible", names).text == "10.0"


def test_command_writes_a_file_for_each_platform_and_a_key(tmp_path, test):
    written = write_questions(read_master(), tmp_path)
    assert [path.name for path in written] == ["moodle.gift.txt", "canvas.qti.zip", "key.md"]
    again = [path.read_bytes() for path in written]
    assert [path.read_bytes() for path in write_questions(read_master(), tmp_path)] == again
    key = written[2].read_text(encoding="utf-8")
    assert key.count(" (right) ") == 10
    assert key.count(" (believes that ") == 30
    for number, question in enumerate(test.items, start=1):
        assert f"\n\n## {number} {question.title}\n\n{question.ask}\n\n- " in key


def test_homework_without_questions_writes_none(planting, tmp_path):
    assert write_questions(read_master(planting.path), tmp_path) == []
