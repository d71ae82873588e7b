// Show one answer and its mark. What a student wrote becomes text of an element, never markup.

import { commentsOf, pointsOf } from "./marks.mjs";
import { filled, gettext } from "./words.mjs";

export const at = (id) => document.getElementById(id);

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export function showQuestions(questions) {
  const options = questions.map(({ question, title }) => make("option", { value: question }, title));
  at("question").replaceChildren(...options);
}

// `tick(number)` hears of a line of the rubric.
export function showQuestion(question, tick) {
  at("question").value = question.question;
  at("asked").textContent = question.asked;
  at("model").textContent = question.model;
  const lines = question.rubric.map(({ points, what }, number) => {
    const box = make("input", { type: "checkbox", onchange: () => tick(number) });
    return make("label", {}, box, make("kbd", {}, number < 9 ? `${number + 1}` : ""), ` ${what} (${points})`);
  });
  at("rubric").replaceChildren(make("legend", {}, gettext("What earns points")), ...lines);
  at("adjust").min = -question.points;
  at("adjust").max = question.points;
}

// `answer` is null where there is nothing to mark.
export function showAnswer(question, answer, mark, { number, count }) {
  at("who").textContent = answer
    ? filled(gettext("{name}: answer {number} of {count}"), { name: answer.label, number, count })
    : gettext("No answer here");
  at("text").textContent = answer?.text ?? gettext("No answer to this question is in this part of the class.");
  at("old").hidden = !answer || !mark.version || mark.version === answer.version;
  showMark(question, mark);
  at("marks").disabled = !answer;
}

export function showMark(question, mark) {
  at("points").textContent = mark.marked
    ? filled(gettext("{points} of {most} points"), { points: pointsOf(mark, question), most: question.points })
    : gettext("not marked yet");
  at("rubric").querySelectorAll("input").forEach((box, number) => {
    box.checked = mark.earned.includes(question.rubric[number].what);
  });
  if (document.activeElement !== at("adjust")) at("adjust").value = mark.adjust;
  if (document.activeElement !== at("comment")) at("comment").value = mark.comment;
}

// `use(words)` hears which comment is to be used again.
export function showComments(marks, use) {
  const buttons = commentsOf(marks).map((words, number) =>
    make("button", { type: "button", onclick: () => use(words) }, make("kbd", {}, `${number + 1}`), ` ${words}`),
  );
  at("comments").replaceChildren(...buttons);
  at("reuse").hidden = !buttons.length;
}

export function showProgress({ marked, count, allMarked, all, unsaved, whole }) {
  Object.assign(at("progress"), { max: count || 1, value: marked });
  const here = gettext("{marked} of {count} marked in this question, {allMarked} of {all} in all.");
  const rest = unsaved ? gettext("{unsaved} not in a file yet.") : "";
  const kept = whole ? "" : gettext("This browser keeps nothing: save before you close the page.");
  const words = [here, rest, kept].filter(Boolean).join(" ");
  at("progress-words").textContent = filled(words, { marked, count, allMarked, all, unsaved });
}

export const say = (words) => {
  at("said").textContent = words;
};
