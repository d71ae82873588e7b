// Read and write the homework's notebook file: which cell is which, and what an answer says.

// Return a name for each cell that the homework gave: it is the same in the next edition.
export function namesOf(whole) {
  const counts = {};
  return whole.cells.map(({ metadata }) => {
    const kind = metadata?.tags?.[0];
    if (!kind) return null;
    const name = `${kind} ${metadata.question ?? ""}`;
    counts[name] = (counts[name] ?? 0) + 1;
    return `${name} ${counts[name]}`;
  });
}

// A file may hold a text as a list of lines.
export function text(source) {
  return [source].flat().join("");
}

// An answer's cell begins with a line that names the question; its field holds what follows.
const heading = (template) => `${template.split("\n\n", 1)[0]}\n\n`;

export function filled(template, words) {
  return words.trim() ? heading(template) + words : template;
}

export function unfilled(template, source) {
  if (source === template) return "";
  return source.startsWith(heading(template)) ? source.slice(heading(template).length) : source;
}
