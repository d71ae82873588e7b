// One lab on the page: it keeps the settings, computes when they change, and shows the result.

import { decide } from "../engine/decisions.mjs";
import { makeControl } from "./controls.mjs";
import { button, html } from "./elements.mjs";
import { EXPERIMENTS } from "./experiments.mjs";
import { makeGuess } from "./panels.mjs";
import { readLink, writeQuery } from "./settings.mjs";

const ONLY_DECIDES = ["alpha", "adjust", "zoom", "max_missing", "truth"]; // no new test is needed
const NO_CHANGE = { test: "student", adjust: "raw", zoom: 0 };
const QUIET = 250; // milliseconds before a state is spoken, and written into the address

export class Lab {
  constructor(root, run) {
    this.experiment = EXPERIMENTS[root.dataset.lab];
    this.defaults = { ...NO_CHANGE, ...JSON.parse(root.dataset.settings), ...this.experiment.settings };
    Object.assign(this.defaults, JSON.parse(root.dataset.own));
    // Some labs ask for a guess, and hide the truth till then.
    [this.form, this.answer, this.table] = root.querySelectorAll("form, .lab-answer, table");
    this.defaults.truth = this.form ? 0 : 1;
    this.names = [...this.experiment.controls, ...(this.form ? ["truth"] : [])];
    Object.assign(this, { root, run, name: root.dataset.lab, news: "" });
    this.build();
    new ResizeObserver(() => this.show()).observe(this.stage);
  }

  build() {
    const { views, controls, sampled, brief } = this.experiment;
    this.views = views.map((View) => new View());
    this.controls = controls.map((name) => makeControl(name, (value) => this.change(name, value)));
    this.note = html("p", { class: "lab-note" });
    this.live = html("p", { class: "lab-live" });
    // The one part that is read out when it changes.
    this.said = html("p", { class: "lab-said", "aria-live": "polite" });
    const [first, ...others] = this.views.flatMap(({ parts }) => parts);
    this.stage = html("div", { class: "lab-stage" }, first);
    const boxes = this.controls.map(({ box }) => box);
    const panel = html("div", { class: "lab-controls", role: "group", "aria-label": "Settings" }, ...boxes);
    if (!brief && !sampled) panel.append(this.makeButtons());
    this.guess = this.form && makeGuess(this.form, this.answer, () => this.reveal());
    const plot = [this.stage, ...others.splice(0, this.views[0].parts.length - 1)];
    this.root.append(this.note, ...(brief ? [panel, ...plot] : [...plot, panel]),
      this.live, this.said, this.table ?? "", ...others);
    this.root.hidden = false;
  }

  makeButtons() {
    const draw = () => this.change("seed", (this.settings.seed + 1) % 2 ** 32);
    const again = button("Back to the start", () => this.set({ ...this.defaults, truth: this.settings.truth }));
    return html("div", { class: "lab-buttons" }, button("Draw again", draw), again);
  }

  // Take the state that the address holds; `labs` are the names of the page's. Return whether the
  // address speaks of this lab.
  follow(labs) {
    const { values, faults, found } = readLink(location.hash, this.names, this.name, labs);
    this.note.textContent = faults.length ? `Not taken from the link: ${faults.join("; ")}.` : "";
    this.news = this.note.textContent;
    clearTimeout(this.rest);
    const settings = { ...this.defaults, ...values };
    if (JSON.stringify(settings) !== JSON.stringify(this.settings)) {
      if (this.settings) this.settle(); // the first state is not spoken
      this.settings = settings;
      this.compute();
    }
    return found;
  }

  // Return this lab's part of the address.
  query(isNamed) {
    return writeQuery(this.settings, this.defaults, this.names, isNamed ? this.name : "");
  }

  change(name, value) {
    this.moved = { name, at: performance.now() };
    this.settings = { ...this.settings, [name]: value };
    if (this.result && ONLY_DECIDES.includes(name)) this.schedule();
    else this.compute();
    this.settle();
  }

  set(settings) {
    this.settings = settings;
    this.compute();
    this.settle();
  }

  reveal() {
    this.change("truth", 1);
    this.views[0].plot.root.focus({ preventScroll: true });
  }

  // Compute the newest state; states that came and went meanwhile are left out.
  async compute() {
    if (this.experiment.sampled) return this.schedule();
    this.waiting = true;
    if (this.busy) return;
    this.busy = true;
    while (this.waiting) {
      this.waiting = false;
      const settings = this.settings;
      this.result = await this.run(settings);
      this.computedFor = settings;
      this.show();
    }
    this.busy = false;
  }

  schedule() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.show();
    });
  }

  // What there is to show: the last result, with those settings of now that need no new test.
  shown() {
    const settings = { ...(this.computedFor ?? this.settings) };
    for (const name of ONLY_DECIDES) settings[name] = this.settings[name];
    const { result } = this;
    const decided = result && decide(result, settings);
    return { result, decided, settings, truth: settings.truth };
  }

  show() {
    if (!this.result && !this.experiment.sampled) return;
    const started = performance.now();
    for (const { show } of this.controls) show(this.settings);
    const shown = this.shown();
    const width = Math.max(260, this.stage.clientWidth);
    for (const view of this.views) view.draw(width, shown);
    this.live.hidden = !shown.truth;
    this.live.textContent = this.experiment.read?.(shown);
    if (this.form) {
      this.news += this.guess(shown);
      this.table.hidden = !shown.truth;
      for (const cell of this.table.querySelectorAll("[data-count]")) {
        cell.textContent = shown.decided.counts[cell.dataset.count];
      }
    }
    this.measure(started);
  }

  // Note how long a step took: `lab-step` on the page alone, `lab-wait` from the hand to the eye.
  measure(started) {
    if (!this.moved) return;
    const detail = this.moved.name;
    performance.clearMeasures();
    performance.measure("lab-step", { start: started, detail });
    performance.measure("lab-wait", { start: this.moved.at, detail });
  }

  // Once the hand rests and the result is there, say it and keep the state in the address.
  settle() {
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      if (this.busy) return this.settle();
      this.said.textContent = `${this.news} ${this.settings.truth ? this.live.textContent : ""}`.trim();
      this.news = "";
      this.settled();
    }, QUIET);
  }
}
