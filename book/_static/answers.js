// The button that opens an answer is named by the words that it shows.
addEventListener("load", () => {
  for (const button of document.querySelectorAll(".toggle-button")) {
    const title = button.parentElement;
    const words = title.textContent.trim();
    const isAnswer = title.parentElement.matches(".solution");
    const name = () => button.setAttribute("aria-label", isAnswer ? `${button.dataset.toggleHint}: ${words}` : words);
    new MutationObserver(name).observe(button, { attributeFilter: ["data-toggle-hint"] });
    name();
  }
});
