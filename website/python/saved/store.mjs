// Keep a student's work in this browser: one entry for each homework, edition and seed.

const request = (asked) =>
  new Promise((done, fail) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

// Return `{ get, put, keys }`, or throw where the browser keeps nothing.
export async function openStore() {
  const opening = indexedDB.open("rnaseq-hw", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("work");
  const database = await request(opening);
  const area = (mode) => database.transaction("work", mode).objectStore("work");
  return {
    get: (key) => request(area("readonly").get(key)),
    put: (key, value) => request(area("readwrite").put(value, key)),
    keys: () => request(area("readonly").getAllKeys()),
  };
}

// Say whether this looks like a private window, which forgets all when it is closed: Firefox has no
// service workers there, and Chromium little room.
export async function isPrivate() {
  if (!isSecureContext) return false;
  if (!navigator.serviceWorker) return true;
  const { quota = Infinity } = (await navigator.storage?.estimate?.()) ?? {};
  return quota < (performance.memory?.jsHeapSizeLimit ?? 0);
}
