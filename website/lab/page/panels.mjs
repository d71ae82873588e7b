// The guess and the table of a lab, which the build has made.

import { html } from "./elements.mjs";
import { plural } from "./sentences.mjs";
import { tr } from "../../words/words.mjs";

// Asks how many of the calls are false, on a bar as long as the calls, before the truth is shown.
export class Guess {
  constructor(box, reveal) {
    this.box = box;
    [this.form, this.bars] = box.children;
    [this.words, this.field, this.count] = ["span", "input", "output"].map((tag) => box.querySelector(tag));
    this.form.lastChild.addEventListener("click", () => this.done(null, reveal));
    this.field.addEventListener("input", () => this.tell());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.done(Number(this.field.value), reveal);
    });
  }

  tell() {
    this.count.textContent = tr`${this.field.value} of ${this.calls}`;
  }

  done(guess, reveal) {
    Object.assign(this, { guess, asked: true });
    reveal();
  }

  // Of the calls, a part is false.
  bar(words, part) {
    const style = `--part: ${part / this.calls || 0}`;
    return html("div", { class: "tp" }, tr`${words}: ${part} of ${this.calls}. `, html("i", { style }));
  }

  // The guess was for the data that were shown then: guess and truth stay until these change, and
  // are returned once. For a reader who comes by a link that shows the truth there is no answer.
  show({ decided, settings, truth }) {
    const { fp, tp } = decided.counts;
    const now = JSON.stringify(settings);
    this.form.hidden = Boolean(truth);
    if (!truth) this.ask(fp + tp);
    if (now !== this.answered) this.bars.replaceChildren();
    if (!this.asked) return "";
    this.asked = false;
    if (this.guess === null) return "";
    this.answered = now;
    this.bars.append(this.bar(tr`Your guess`, this.guess), this.bar(tr`The truth`, fp));
    return this.bars.textContent;
  }

  ask(calls) {
    this.asked = false;
    if (calls !== this.calls) {
      this.calls = calls;
      this.field.setAttribute("max", calls);
      this.field.value = Math.round(calls / 2);
      this.words.textContent = tr`Guess first: of the ${plural(calls, "gene")} called significant, how many are false?`;
    }
    this.tell();
  }
}

// The chapter's table of decision against truth, with this state's numbers.
export class Table {
  constructor(box) {
    this.box = box;
  }

  show({ decided, truth }) {
    this.box.hidden = !truth;
    for (const cell of this.box.querySelectorAll("[data-count]")) {
      cell.textContent = decided.counts[cell.dataset.count];
    }
  }
}
