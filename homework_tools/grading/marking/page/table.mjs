// The file that is saved: a table of hand grades, as the grader reads it.

import { filled, gettext } from "./words.mjs";

export const COLUMNS = "student,question,points,comment,earned,version,marker,saved".split(",");

const cell = (value) => `"${String(value).replaceAll('"', '""')}"`;

export function toTable(rows) {
  const lines = rows.map((row) => COLUMNS.map((column) => cell(row[column] ?? "")).join(","));
  return `\ufeff${[COLUMNS.join(","), ...lines].join("\n")}\n`;
}

// Return the rows of such a file, each by column.
export function fromTable(text) {
  const rows = [[]];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  for (const [all, quoted, plain, end] of text.replace(/^\ufeff/, "").matchAll(cells)) {
    if (!all) break;
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (end && end !== ",") rows.push([]);
  }
  const [titles, ...rest] = rows.filter((row) => row.length > 1);
  const missing = COLUMNS.find((column) => !titles?.includes(column));
  const words = gettext("It has no column \"{column}\": open a file that this page saved.");
  if (missing) throw new Error(filled(words, { column: missing }));
  return rest.map((row) => Object.fromEntries(titles.map((title, n) => [title, row[n] ?? ""])));
}

export function fileName(marker, part, parts) {
  const who = marker.normalize("NFC").replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  return `grades_by_hand-${who || "marker"}${parts > 1 ? `-part-${part}-of-${parts}` : ""}.csv`;
}
