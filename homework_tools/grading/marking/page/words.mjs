// What the page says: the grader puts the course's words in place of each call of `gettext`.

export const gettext = (words) => words;

// Return words with the values of an object in place of their {names}.
export const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
