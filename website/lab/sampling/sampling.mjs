// Sampling that one can watch: each draw drops a dot, the dots pile up. A view of the lab with
// buttons of its own; a source draws: the labels of a gene shuffled, or data sets without a shift.

import { button, html, isCalm } from "../page/elements.mjs";
import { makeKey, Pile } from "./pile.mjs";
import { Repeats } from "./repeats.mjs";
import { Shuffles } from "./shuffles.mjs";
import { tr } from "../../words/words.mjs";

const FRAMES = 120; // about how long many draws take
const FEW = 30; // dots that fall one by one
const ENOUGH = 100; // dots that a curve may be laid over
const BUSY = 8; // milliseconds of a frame for drawing
const CALM = 400; // milliseconds from picture to picture where motion is not wanted
const QUIET = 250; // milliseconds before a state is spoken

class Sampling {
  constructor(source) {
    this.source = source;
    this.goal = 0;
    this.pile = new Pile(source.label);
    this.live = html("p", { class: "lab-count" });
    this.said = html("p", { class: "lab-said visually-hidden", "aria-live": "polite" });
    this.playing = button(tr`Play`, () => this.play());
    this.buttons = html("div", { class: "lab-buttons", role: "group", "aria-label": tr`Draw` });
    for (const [words, count] of source.steps) {
      const made = button(words, () => this.add(count));
      if (words === String(count)) made.setAttribute("aria-label", `${count} ${source.unit}`);
      this.buttons.append(made);
    }
    this.buttons.append(this.playing, button(tr`Clear`, () => this.clear()));
    if (source.extra) this.buttons.append(this.makeExtra(source.extra));
    this.parts = [this.pile.root, makeKey(source.key), this.buttons, this.live, this.said];
  }

  // A button that lays a curve over the pile, once there is one.
  makeExtra(words) {
    this.extra = button(words, () => {
      this.isLaid = !this.isLaid;
      this.show();
      this.say();
    });
    this.extra.setAttribute("style", "visibility: hidden");
    return this.extra;
  }

  // The lab shows its state: most of its settings change nothing here.
  draw(width, { settings }) {
    if (this.source.set(settings)) this.goal = 0;
    const state = JSON.stringify([width, this.source.uses.map((name) => settings[name])]);
    if (state === this.state) return;
    Object.assign(this, { width, state });
    this.show();
    if (this.source.count) this.say();
  }

  show() {
    const { source, isLaid } = this;
    this.pile.draw(this.width, { ...source.picture(isLaid), unit: source.unit });
    this.pile.describe(source.unit, source.digits);
    this.live.textContent = source.words(isLaid);
    if (this.extra) {
      this.extra.setAttribute("aria-pressed", Boolean(isLaid));
      this.extra.style.visibility = isLaid || source.count >= ENOUGH ? "visible" : "hidden";
    }
    this.playing.textContent = source.count < this.goal ? tr`Pause` : tr`Play`;
  }

  add(count) {
    const { source } = this;
    this.goal = Math.min(source.most, Math.max(this.goal, source.count) + count);
    this.isEndless = count === Infinity;
    this.isSlow = count <= 10;
    this.speed = this.isEndless ? 1 : isCalm() ? count : count / FRAMES;
    if (!this.isDrawing) this.run();
  }

  play() {
    if (this.source.count < this.goal) this.goal = 0;
    else this.add(Infinity);
    this.show();
  }

  clear() {
    this.goal = 0;
    this.source.clear();
    this.show();
    this.say();
  }

  async run() {
    this.isDrawing = true;
    while (this.source.count < this.goal) await this.step();
    this.isDrawing = false;
    this.show();
    this.say();
  }

  // One picture more: a dot that falls or, where there are many, as many as fit.
  async step() {
    const { source } = this;
    const until = performance.now() + BUSY;
    const pile = source.values.length;
    for (let left = Math.max(this.speed, pile / 100); left > 0 && source.count < this.goal; left--) {
      await source.next();
      if (performance.now() > until) break;
    }
    const isOne = source.values.length === pile + 1;
    if (isOne && (this.isSlow || pile < FEW) && !isCalm()) await this.pile.fall(source.values.at(-1));
    this.show();
    const isWaiting = this.isEndless && isCalm();
    await new Promise((resume) => (isWaiting ? setTimeout(resume, CALM) : requestAnimationFrame(resume)));
  }

  // Say the state aloud, once it rests.
  say() {
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      if (!this.isDrawing) this.said.textContent = this.live.textContent;
    }, QUIET);
  }
}

export class Shuffling extends Sampling {
  constructor() {
    super(new Shuffles());
  }
}

export class Repeating extends Sampling {
  constructor() {
    super(new Repeats());
  }
}
