// One lab on the page: it keeps the settings, computes when they change, and shows the result.

import { decide } from "../engine/decisions.mjs";
import { useControl } from "./controls.mjs";
import { html, isCalm } from "./elements.mjs";
import { GeneCard } from "../plots/gene_card.mjs";
import { EXPERIMENTS } from "./experiments.mjs";
import { Guess, Table } from "./panels.mjs";
import { readLink, writeQuery } from "./settings.mjs";
import { Tiles } from "./tiles.mjs";
import { tr } from "../../words/words.mjs";

const ONLY_DECIDES = ["alpha", "adjust", "zoom", "max_missing", "truth"]; // no new test is needed
const NO_CHANGE = { test: "student", adjust: "raw", zoom: 0 };
const QUIET = 250; // milliseconds before a state is spoken, and written into the address

export class Lab {
  // `known` are the homework's settings, `own` those that the chapter changes; `find(part)` gives a
  // part that the build has made; `run` computes.
  constructor({ name, known, own, find }, run) {
    this.experiment = EXPERIMENTS[name];
    const { controls, settings, opening, asks } = this.experiment;
    // An address holds what differs from `home`; without one the lab opens with `opening`.
    this.home = { ...NO_CHANGE, ...known, truth: asks ? 0 : 1, ...settings, ...own };
    this.opening = { ...this.home, ...opening };
    this.names = [...controls, ...(asks ? ["truth"] : [])];
    Object.assign(this, { run, name, news: "" });
    this.build(find);
  }

  build(find) {
    const { views, controls, asks, tiles } = this.experiment;
    this.views = views.map((View) => new View(this));
    const panel = this.usePanel(controls, find("controls"));
    this.note = html("p", { class: "lab-note" });
    this.live = html("p", { class: "lab-live" });
    // The one part that is read out when it changes.
    this.said = html("p", { class: "lab-said visually-hidden", "aria-live": "polite" });
    const parts = this.views.map((view) => view.parts);
    const [first, ...others] = parts.slice(0, 2).flat();
    this.stage = html("div", { class: "lab-stage" }, first);
    this.shows = [];
    if (tiles) this.add(new Tiles(find("tiles")), this.stage);
    this.made = html("div", { class: "lab-made" }, this.note);
    if (asks) this.add(new Guess(find("guess"), () => this.reveal()), this.views[0].frame);
    const body = html("div", { class: "lab-body" }, this.stage, ...others, panel);
    this.made.append(body, this.live, this.said, ...parts.slice(2).flat());
    const [{ reader, frame }] = this.views;
    if (reader) this.add((this.card = new GeneCard(find("card"), () => this.open(-1))), frame);
  }

  // Add a part of the lab that shows its state in words or numbers.
  add(part, place) {
    place.append(part.box);
    this.shows.push(part);
  }

  // Take the place of what the build has written into the page, once there is something to show.
  mount(root, written) {
    Object.assign(this, { root, written });
    if (this.experiment.asks) this.shows.push(new Table(root.querySelector("table")));
    new ResizeObserver(() => this.show()).observe(this.stage);
  }

  // Let the controls and the buttons of the panel act.
  usePanel(controls, panel) {
    this.controls = controls.map((name) => useControl(panel.querySelector(`[name="${name}"]`), name,
      (value, held) => this.change(name, value, held), () => this.release()));
    const back = (settings) => this.set({ ...settings, truth: this.settings.truth });
    const acts = {
      again: () => this.change("seed", (this.settings.seed + 1) % 2 ** 32),
      start: () => back(this.opening),
      home: () => back(this.home),
      copy: (pressed) => this.copy(pressed),
    };
    panel.addEventListener("click", ({ target }) => acts[target.type === "button" && target.value]?.(target));
    return panel;
  }

  // Take the state that the address holds; `labs` are the names of the page's. Return whether the
  // address speaks of this lab.
  follow(labs) {
    const { values, faults, found } = readLink(location.hash, this.names, this.name, labs);
    this.note.textContent = faults.length ? tr`Not taken from the link: ${faults.join("; ")}.` : "";
    this.news = this.note.textContent;
    clearTimeout(this.rest);
    const settings = found ? { ...this.home, ...values } : this.opening;
    if (JSON.stringify(settings) !== JSON.stringify(this.settings)) {
      if (this.settings) this.settle(); // the first state is not spoken
      this.settings = settings;
      this.compute();
    }
    return found;
  }

  // Return this lab's part of the address.
  query(isNamed) {
    if (this.names.every((name) => this.settings[name] === this.opening[name])) return "";
    const query = writeQuery(this.settings, this.home, this.names, isNamed ? this.name : "");
    return query || `seed=${this.settings.seed}`; // at home, and it opens elsewhere
  }

  // `held`: the hand goes on, and the axes hold still.
  change(name, value, held = false) {
    this.moved = { name, at: performance.now() };
    this.held = held;
    this.settings = { ...this.settings, [name]: value };
    if (this.result && ONLY_DECIDES.includes(name)) this.schedule();
    else this.compute();
    this.settle();
  }

  release() {
    this.held = false;
    this.schedule();
  }

  // Light the genes that a brush holds; null puts them out.
  light(brush) {
    this.lit = brush;
    this.schedule();
  }

  // A gene is pointed at; -1 is none.
  point(g) {
    this.pointed = g;
    if (this.views.length > 1) this.schedule();
  }

  // Show the values behind a gene's p-value; -1 closes.
  open(g) {
    if (!this.card || this.picked === g) return;
    this.picked = g;
    this.compute();
  }

  set(settings) {
    this.settings = settings;
    this.compute();
    this.settle();
  }

  // Copy the address that leads to this state.
  async copy(pressed) {
    this.settled();
    let words = tr`Copied`;
    try {
      await navigator.clipboard.writeText(location.href);
    } catch {
      words = tr`Not copied`; // from a disk, and where it is forbidden
    }
    pressed.textContent = this.said.textContent = words;
    setTimeout(() => { pressed.textContent = tr`Copy link`; }, 2000);
  }

  reveal() {
    this.change("truth", 1);
    this.focus();
  }

  focus() {
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
      this.result = await this.run({ ...settings, picked: this.picked });
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
    const { result, lit, pointed } = this;
    const decided = result && decide(result, settings);
    const motion = { held: this.held, still: isCalm() };
    return { result, decided, settings, truth: settings.truth, motion, lit, pointed };
  }

  show() {
    if (!this.result && !this.experiment.sampled) return;
    const started = performance.now();
    const shown = this.shown();
    this.tell(shown);
    const { root, written } = this;
    // Held while the parts are still empty: Firefox would scroll by what is missing.
    if (written) root.style.height = `${root.offsetHeight}px`;
    this.written = written?.replaceWith(this.made);
    for (const view of this.views) view.draw(Math.max(260, view.parts[0].clientWidth), shown);
    root.style.height = "";
    this.measure(started);
    if (this.views.some(({ plot }) => plot?.moving)) this.schedule();
  }

  // Show the state in all parts but the plots.
  tell(shown) {
    for (const show of this.controls) show(this.settings);
    this.live.hidden = !shown.truth;
    this.live.textContent = this.experiment.read?.(shown) ?? "";
    for (const part of this.shows) this.news += part.show(shown) ?? "";
  }

  // Note how long a step took: `lab-step` on the page alone, `lab-wait` from the hand to the eye.
  measure(started) {
    if (!this.moved) return;
    const detail = this.moved.name;
    performance.clearMeasures();
    performance.measure("lab-step", { start: started, detail });
    performance.measure("lab-wait", { start: this.moved.at, detail });
    this.moved = null;
  }

  // Once the hand rests and the result is there, say it and keep the state in the address.
  settle() {
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      if (this.busy || this.frame) return this.settle();
      this.said.textContent = `${this.news} ${this.settings.truth ? this.live.textContent : ""}`.trim();
      this.news = "";
      this.settled();
    }, QUIET);
  }
}
