// The binomial distribution of the number of false positives among genes without a shift.

import { logGamma } from "./ttest.mjs";

export function pmf(k, n, p) {
  if (k < 0 || k > n) return 0;
  const choose = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  return Math.exp(choose + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

// Two standard deviations of a rate to both sides of p, and the probability that they hold.
export function band(p, n) {
  const sd = Math.sqrt((p * (1 - p)) / n);
  const [low, high] = [p - 2 * sd, p + 2 * sd];
  let probability = 0;
  for (let k = Math.ceil(low * n); k <= Math.floor(high * n); k++) probability += pmf(k, n, p);
  return { sd, low: Math.max(0, low), high, probability };
}
