// What the page's modules make of marks: printed as JSON.

import { commentsOf, inPart, markOf, pointsOf, toggled, EMPTY } from "../../../../homework_tools/grading/marking/page/marks.mjs";
import { fileName, fromTable, toTable } from "../../../../homework_tools/grading/marking/page/table.mjs";

const question = { points: 3, rubric: ["a", "b", "c"].map((what) => ({ points: 1, what })) };
const ada = { student: 'Ada "A", L', question: "3", points: 1.5, comment: "two\nlines,\r\n; é", earned: "a\nb" };
const row = { ...ada, version: "v1", marker: "Ann", saved: "2026" };
const text = toTable([row, { ...row, student: "=B", points: "", comment: "" }]);
const said = (act) => {
  try {
    return act();
  } catch (error) {
    return error.message;
  }
};
console.log(
  JSON.stringify({
    text,
    back: fromTable(text),
    wrong: said(() => fromTable("student,question\nada,3\n")),
    empty: said(() => fromTable("")),
    names: [fileName("Ann B.", 1, 2), fileName("  Zoë/../ ", 1, 1), fileName("…", 1, 1)],
    points: [0, 1, 2].map((n) => pointsOf(toggled(EMPTY, question, n), question)),
    twice: toggled(toggled(EMPTY, question, 1), question, 1).earned,
    bounds: [-9, -1.7, 0.5, 9].map((adjust) => pointsOf({ ...EMPTY, adjust, earned: ["a", "b"] }, question)),
    given: markOf({ points: 2.5, comment: "", earned: ["b", "gone"], version: "v1" }, question),
    parts: [0, 1, 2, 3, 4].map((place) => [1, 2].filter((part) => inPart(place, part, 2))),
    comments: commentsOf(["x", "", "y", "x"].map((comment) => ({ comment }))),
  }),
);
