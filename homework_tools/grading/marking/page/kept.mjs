// Keep the marks in this browser until they are saved to a file: one entry each, so that two tabs don't
// write over each other.

// `name` is that of the class. `whole` says whether the browser has kept everything so far.
export function openKept(name) {
  const memory = new Map();
  const kept = {
    whole: true,
    get(key) {
      try {
        const text = localStorage.getItem(`${name}/${key}`);
        if (text !== null) return JSON.parse(text);
      } catch {
        kept.whole = false;
      }
      return memory.get(key);
    },
    put(key, value) {
      memory.set(key, value);
      try {
        localStorage.setItem(`${name}/${key}`, JSON.stringify(value));
      } catch {
        kept.whole = false;
      }
    },
  };
  return kept;
}
