// What one answer gets: ticked lines of the rubric and a free adjustment, never below 0 or above the most.

export const EMPTY = { earned: [], adjust: 0, comment: "", marked: false };

const rounded = (points) => Math.round(points * 1000) / 1000; // 1 - 0.7 is 0.30000000000000004 else
const sumOf = (lines) => lines.reduce((sum, { points }) => sum + points, 0);
const ticked = (question, earned) => question.rubric.filter(({ what }) => earned.includes(what));

export function pointsOf(mark, question) {
  const sum = rounded(sumOf(ticked(question, mark.earned)) + mark.adjust);
  return Math.min(question.points, Math.max(0, sum));
}

// Return as a mark what the grader or a saved file has: points, comment and ticked lines.
export function markOf({ points, comment, earned, version }, question) {
  const lines = ticked(question, earned);
  const adjust = rounded(points - sumOf(lines));
  return { earned: lines.map(({ what }) => what), adjust, comment, marked: true, version };
}

// Return the mark with another tick at a line of the rubric.
export function toggled(mark, question, number) {
  const { what } = question.rubric[number];
  const has = mark.earned.includes(what);
  const earned = has ? mark.earned.filter((each) => each !== what) : [...mark.earned, what];
  return { ...mark, earned, marked: true };
}

// Students are numbered in an order that never changes, so two markers share a class without overlap.
export const inPart = (place, part, parts) => place % parts === part - 1;

// Return the comments that were written, each once, the most frequent first.
export function commentsOf(marks, most = 9) {
  const often = new Map();
  for (const { comment } of marks) if (comment) often.set(comment, (often.get(comment) ?? 0) + 1);
  return [...often].sort((one, other) => other[1] - one[1]).slice(0, most).map(([words]) => words);
}
