// Let the browser's own sources draw, for the cases that stand on the standard input, as JSON:
// { source, settings, count, then }, where `then` are settings that come afterwards.

import { readFileSync } from "node:fs";
import { band, pmf } from "../../../website/lab/engine/binomial.mjs";
import { density } from "../../../website/lab/engine/ttest.mjs";
import { Repeats } from "../../../website/lab/sampling/repeats.mjs";
import { Shuffles } from "../../../website/lab/sampling/shuffles.mjs";

const kinds = {
  async shuffles({ settings, values, count }) {
    const source = new Shuffles();
    source.set(settings);
    if (values) source.take(values.map((value) => value ?? NaN));
    const before = source.words();
    for (let i = 0; i < count; i++) await source.next();
    const { values: drawn, delta, sd, g } = source;
    const { step, range, lines, curve } = source.picture(true);
    const far = drawn.filter((value) => source.isFar(value)).length;
    const t = drawn.slice(0, 20).map((value) => source.t(value));
    const said = [before, source.words(), source.words(true)];
    return { g, delta, sd, drawn, far, t, step, range, lines, curve, said };
  },
  async repeats({ settings, count, then }) {
    const source = new Repeats();
    source.set(settings);
    const before = source.words();
    for (let i = 0; i < count; i++) await source.next();
    const isCleared = then && source.set({ ...settings, ...then });
    const { step, origin, range, curve, band: limits } = source.picture();
    const said = [before, source.words()];
    return { rates: source.values, genes: source.genes, isCleared, step, origin, range, curve, limits, said };
  },
  binomial: ({ p, n }) => ({ ...band(p, n), pmf: Array.from({ length: n + 1 }, (_, k) => pmf(k, n, p)) }),
  density: ({ t, dof }) => t.map((value) => density(value, dof)),
};

const answers = [];
for (const asked of JSON.parse(readFileSync(0, "utf8"))) answers.push(await kinds[asked.source](asked));
console.log(JSON.stringify(answers));
