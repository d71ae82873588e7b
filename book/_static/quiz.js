// Tells the reader of a quiz whether the chosen option is right, and why.
// The explanations stand in the page, in a <details>; without this script they are read there.
for (const quiz of document.querySelectorAll("div.quiz")) {
  const status = quiz.querySelector(".quiz-status");
  const button = quiz.querySelector(".quiz-check");
  const choices = [...quiz.querySelectorAll("input[type=radio]")];
  const answers = quiz.querySelectorAll(".quiz-answers > ol > li");

  const clear = () => {
    status.className = "quiz-status";
    status.replaceChildren();
  };
  const tell = () => {
    const chosen = choices.findIndex((choice) => choice.checked);
    clear();
    if (chosen < 0) {
      status.append(status.dataset.empty);
      return;
    }
    const answer = answers[chosen].cloneNode(true);
    for (const copy of answer.querySelectorAll("[id]")) copy.removeAttribute("id");
    status.classList.add(answer.className);
    status.append(...answer.childNodes);
  };

  button.addEventListener("click", tell);
  for (const choice of choices) choice.addEventListener("change", clear);
  button.hidden = false;
  quiz.classList.add("live");
}
