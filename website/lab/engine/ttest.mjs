// Student's and Welch's two-sample t-tests, with log10 of the two-sided p-value: it never
// underflows, so a gene with p = 1e-400 still has its place in a volcano plot.

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
];
const TINY = 1e-300;
const NOT_TESTED = { t: NaN, log10p: NaN };

export function logGamma(x) {
  const base = x + 6.5;
  let sum = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i] / (x - 1 + i);
  return Math.log(2 * Math.PI) / 2 + (x - 0.5) * Math.log(base) - base + Math.log(sum);
}

// The continued fraction of the incomplete beta function, by Lentz's method.
function betaFraction(a, b, x) {
  const away = (value) => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return fraction;
}

// log10 of P(|T| >= |t|) for Student's t distribution: the incomplete beta function at
// x = dof / (dof + t * t). Beyond its middle the other tail is computed, and taken from one.
export function log10p(t, dof) {
  if (Number.isNaN(t)) return NaN;
  if (t === 0) return 0;
  if (!Number.isFinite(t)) return -Infinity;
  const a = dof / 2;
  const b = 0.5;
  const x = dof / (dof + t * t);
  const y = (t * t) / (dof + t * t);
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
  const front = -a * Math.log1p((t * t) / dof) + b * Math.log(y) - logBeta;
  if (x < (a + 1) / (a + b + 2)) {
    return (front + Math.log(betaFraction(a, b, x) / a)) / Math.LN10;
  }
  return Math.log1p((-Math.exp(front) * betaFraction(b, a, y)) / b) / Math.LN10;
}

// The density of Student's t distribution.
export function density(t, dof) {
  const front = logGamma((dof + 1) / 2) - logGamma(dof / 2) - Math.log(dof * Math.PI) / 2;
  return Math.exp(front - ((dof + 1) / 2) * Math.log1p((t * t) / dof));
}

// Count, mean and sum of squares of values[from..to), NaN left out, in two passes. `rest` is what
// rounding left over in the mean.
function moments(values, from, to) {
  let n = 0;
  let sum = 0;
  for (let i = from; i < to; i++) {
    if (values[i] === values[i]) { n++; sum += values[i]; }
  }
  const mean = sum / n;
  let left = 0;
  let squares = 0;
  for (let i = from; i < to; i++) {
    const centered = values[i] - mean;
    if (centered === centered) { left += centered; squares += centered * centered; }
  }
  const rest = left / n;
  return { n, mean, rest, squares: Math.max(squares - n * rest * rest, 0) };
}

function studentError(c, t) {
  const dof = c.n + t.n - 2;
  return [Math.sqrt(((c.squares + t.squares) / dof) * (1 / c.n + 1 / t.n)), dof];
}

function welchError(c, t) {
  const vc = c.squares / (c.n - 1) / c.n;
  const vt = t.squares / (t.n - 1) / t.n;
  return [Math.sqrt(vc + vt), (vc + vt) ** 2 / (vc ** 2 / (c.n - 1) + vt ** 2 / (t.n - 1))];
}

// Compare values[half..] (Treatment) with values[..half) (Control). A test that is not possible is
// NaN; values that are constant up to rounding follow R's rule, as in `group_mean_differences`.
export function compare(values, half, test) {
  const c = moments(values, 0, half);
  const t = moments(values, half, values.length);
  const delta = t.mean - c.mean + (t.rest - c.rest);
  const [error, dof] = (test === "welch" ? welchError : studentError)(c, t);
  const rounding = 10 * Number.EPSILON * Math.max(Math.abs(c.mean), Math.abs(t.mean));
  if (!Number.isFinite(error)) return { delta, ...NOT_TESTED };
  if (error <= rounding) {
    if (Math.abs(delta) <= rounding) return { delta, ...NOT_TESTED };
    return { delta, t: Math.sign(delta) * Infinity, log10p: -Infinity };
  }
  return { delta, t: delta / error, log10p: log10p(delta / error, dof), error, dof };
}
