// The data behind one p-value: a gene's values in both groups, its t and its interval.

import { fixed } from "../page/sentences.mjs";
import { formatP, geneName } from "./gene_reader.mjs";
import { Plot } from "./plot.mjs";
import { tr } from "../../words/words.mjs";

const ROWS = { Control: 3, Treatment: 2, [tr`interval`]: 1 };

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

// In words, with a true minus.
export function readGene({ g, delta, t, log10p, low, high }, sizes) {
  const [d, from, to, tested] = [delta, low, high, t].map((value) => fixed(value).replace("-", "−"));
  const test = t === t ? tr`95 % interval ${from} to ${to}, t ${tested}, p ${formatP(log10p)}`
    : tr`no test is possible`;
  return tr`${geneName(g)}, ${sizes.join(tr` and `)} values: delta ${d}, ${test}.`;
}

export class GeneCard {
  constructor(box, close) {
    this.box = box;
    this.plot = new Plot("", ["zero", "control", "treated", "means", "interval"], 0.6);
    const [shut, words, place] = box.children;
    shut.addEventListener("click", close);
    place.replaceChildren(this.plot.root);
    this.words = words;
  }

  // Return what is news: the gene in words, when it has just been opened.
  show({ result }) {
    const picked = result?.picked;
    this.box.hidden = !picked;
    const isNew = picked && picked.g !== this.g;
    this.g = picked?.g;
    if (!picked) return "";
    const half = Math.floor(picked.values.length / 2);
    const groups = [picked.values.slice(0, half), picked.values.slice(half)]
      .map((values) => [...values].filter((value) => value === value)); // no NaN
    this.words.textContent = readGene(picked, groups.map((group) => group.length));
    this.box.classList.toggle("left", picked.delta > 0);
    this.draw(picked, groups);
    return isNew ? this.words.textContent : "";
  }

  draw({ low, high }, groups) {
    const { plot } = this;
    const from = mean(groups[0]);
    const ends = [...groups.flat(), from + low, from + high].filter(Number.isFinite);
    const [least, most] = [Math.min(...ends), Math.max(...ends)];
    const margin = 0.05 * (most - least) || 1;
    plot.axes(this.box.clientWidth - 16, { range: [least - margin, most + margin], label: tr`log2(expression + 1)` },
      { range: [0.4, 3.6], label: "", words: ROWS });
    // Points of a row lie a little above and below each other.
    const dots = (group, row) => group.map((v, i) => `M${plot.x(v)} ${plot.y(row + (((i * 7) % 9) - 4) / 18)}h0`).join("");
    plot.set("control", dots(groups[0], 3));
    plot.set("treated", dots(groups[1], 2));
    plot.set("means", groups.map((group, i) => `M${plot.x(mean(group))} ${plot.y(3.4 - i)}V${plot.y(2.6 - i)}`).join(""));
    plot.set("zero", plot.upright(from));
    const [left, right] = [low, high].map((end) => plot.x(from + end));
    plot.set("interval", Number.isFinite(left) ? `M${left} ${plot.y(1)}H${right}` : "");
  }
}
