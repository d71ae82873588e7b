// The tag of words that the site says: tr`Copied`, tr`${part} of ${calls}`. The build puts a translation
// in place of them (`translate.mjs`), and leaves no tag; where nothing is built they stay English.

export function tr(strings, ...values) {
  return strings.reduce((said, words, i) => said + values[i - 1] + words);
}
