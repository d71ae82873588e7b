// One lab on the page: it keeps the settings, computes when they change, and shows the result.

import { makeControl } from "./controls.mjs";
import { decide } from "./decisions.mjs";
import { button, html } from "./elements.mjs";
import { EXPERIMENTS } from "./experiments.mjs";
import { makeGuess, makeLegend, makeStudyButtons, makeTable } from "./panels.mjs";
import { readLink, writeLink } from "./settings.mjs";

const ONLY_DECIDES = ["alpha", "adjust", "zoom", "max_missing"]; // no new test is needed
const NO_CHANGE = { test: "student", adjust: "raw", zoom: 0 };
const QUIET = 250; // milliseconds before a state is spoken, and written into the address

export class Lab {
  constructor(root, run, isFirst) {
    this.experiment = EXPERIMENTS[root.dataset.lab];
    this.defaults = { ...NO_CHANGE, ...JSON.parse(root.dataset.settings), ...this.experiment.settings };
    Object.assign(this.defaults, JSON.parse(root.dataset.own));
    this.settings = { ...this.defaults };
    Object.assign(this, { root, run, name: isFirst ? "" : root.dataset.lab });
    this.truth = !this.experiment.hidesTruth;
    this.build();
    this.restore();
    this.compute();
    addEventListener("hashchange", () => { if (this.restore()) this.compute(); });
    new ResizeObserver(() => this.show()).observe(this.stage);
  }

  build() {
    const { views, controls, legend, table, study, hidesTruth, brief } = this.experiment;
    this.views = views.map((View) => new View());
    this.controls = controls.map((name) => makeControl(name, (value) => this.change(name, value)));
    this.note = html("p", { class: "lab-note", role: "status", hidden: "" });
    this.live = html("p", { class: "lab-live" });
    this.said = html("p", { class: "lab-said", "aria-live": "polite" });
    this.stage = html("div", { class: "lab-stage" }, ...this.views[0].parts);
    const boxes = this.controls.map(({ box }) => box);
    const panel = html("div", { class: "lab-controls", role: "group", "aria-label": "Settings" }, ...boxes);
    if (!brief) panel.append(this.makeButtons(study));
    this.legend = legend ? makeLegend() : null;
    this.guess = hidesTruth ? makeGuess(() => this.reveal()) : null;
    this.table = table ? makeTable() : null;
    const plot = [this.stage, this.legend?.box ?? ""];
    this.root.append(this.note, ...(this.guess?.parts ?? []), ...(brief ? [panel, ...plot] : [...plot, panel]),
      this.live, this.said, this.table?.box ?? "", ...this.views.slice(1).flatMap(({ parts }) => parts));
    this.root.hidden = false;
  }

  makeButtons(study) {
    if (study) return makeStudyButtons((n) => this.add(n), () => this.set(this.settings));
    const draw = () => this.change("seed", (this.settings.seed + 1) % 2 ** 32);
    const again = button("Back to the start", () => this.set(this.defaults));
    return html("div", { class: "lab-buttons" }, button("Draw again", draw), again);
  }

  // Take the state that the address holds, if it is meant for this lab.
  restore() {
    const labs = [...document.querySelectorAll("[data-lab]")];
    const meant = new URLSearchParams(location.hash.slice(5)).get("lab");
    const root = labs.find(({ dataset }) => dataset.lab === meant) ?? labs[0];
    if (!location.hash.startsWith("#lab?") || root !== this.root) return false;
    const { values, faults } = readLink(location.hash, this.experiment.controls, root.dataset.lab);
    this.note.textContent = faults.length ? `Not taken from the link: ${faults.join("; ")}.` : "";
    this.note.hidden = !faults.length;
    this.settings = { ...this.defaults, ...values };
    // Not before the figure above has made room.
    requestAnimationFrame(() => root.scrollIntoView({ behavior: "instant" }));
    return true;
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

  add(count) {
    this.goal = count ? Math.max(this.goal, this.runs.length) + count : 0;
    if (!this.busy) this.study();
  }

  reveal() {
    this.truth = true;
    this.show();
    this.settle();
    this.views[0].plot.root.focus({ preventScroll: true });
  }

  // Compute the newest state; states that came and went meanwhile are left out.
  async compute() {
    if (this.experiment.study) {
      this.runs = [];
      this.goal = 0;
      return this.schedule();
    }
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

  // Draw data sets with the seeds 0, 1, 2, ... until the goal is reached.
  async study() {
    this.busy = true;
    while (this.runs.length < this.goal) {
      const runs = this.runs;
      const { log10p } = await this.run({ ...this.settings, seed: runs.length });
      if (runs === this.runs) runs.push(log10p);
      this.show();
    }
    this.busy = false;
    this.settle();
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
    const { result, truth } = this;
    const decided = result && decide(result, settings);
    const rates = this.runs?.map((log10p) => rate(log10p, settings.alpha));
    return { result, decided, rates, settings, truth };
  }

  show() {
    if (!this.result && !this.runs) return;
    const started = performance.now();
    for (const { show } of this.controls) show(this.settings);
    const shown = this.shown();
    const width = Math.max(260, this.stage.clientWidth);
    for (const view of this.views) view.draw(width, shown);
    this.legend?.show(this.truth, shown.settings.shift_size);
    this.live.hidden = !this.truth;
    this.live.textContent = this.experiment.read(shown);
    if (this.truth) this.guess?.show(shown);
    if (this.table) {
      this.table.box.hidden = !this.truth;
      this.table.show(shown.decided.counts);
    }
    this.measure(started);
  }

  // Note how long a step took: `lab-step` on the page alone, `lab-wait` from the hand to the eye.
  measure(started) {
    if (!this.moved) return;
    const detail = this.moved.name;
    for (const [name, start] of [["lab-step", started], ["lab-wait", this.moved.at]]) {
      performance.clearMeasures(name);
      performance.measure(name, { start, detail });
    }
  }

  // Once the hand rests and the result is there, say it and keep the state in the address.
  settle() {
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      if (this.busy) return this.settle();
      if (this.truth) this.said.textContent = this.live.textContent;
      const names = this.experiment.controls;
      const link = writeLink(this.settings, this.defaults, names, this.name);
      history.replaceState(null, "", link || location.pathname + location.search);
    }, QUIET);
  }
}

// The false positive rate of a data set in which nothing is shifted.
function rate(log10p, alpha) {
  let [called, tested] = [0, 0];
  for (const value of log10p) {
    called += value < Math.log10(alpha);
    tested += value === value;
  }
  return called / tested;
}
