// One tab at a time holds a name, so that two tabs do not save over each other.

// `mine()` hears that this tab holds the name, `elsewhere()` that another one does: the first tab that
// asks has it, then the next one that waits. Returns what takes it from the other tab.
export function holdInOneTab(name, { mine, elsewhere }) {
  if (!navigator.locks) return holdInLastTab(name, { mine, elsewhere });
  let release = () => {};
  let waiting = null;

  const held = () =>
    new Promise((done) => {
      release = done;
      mine();
    });
  function wait() {
    elsewhere();
    waiting = new AbortController();
    ask({ signal: waiting.signal });
  }
  async function ask(options) {
    try {
      await navigator.locks.request(name, options, (lock) => (lock ? held() : wait()));
    } catch {
      if (!options.signal?.aborted) wait(); // another tab took it
    }
  }

  addEventListener("pagehide", () => {
    waiting?.abort();
    release();
  });
  addEventListener("pageshow", ({ persisted }) => persisted && ask({ ifAvailable: true }));
  ask({ ifAvailable: true });
  return () => {
    waiting?.abort();
    ask({ steal: true });
  };
}

// Without locks, which only a secure address has, the tab that was opened last has the name.
function holdInLastTab(name, { mine, elsewhere }) {
  addEventListener("storage", ({ key }) => key === name && elsewhere());
  const take = () => {
    try {
      localStorage.setItem(name, Math.random());
    } catch {} // then no tab can know of another
    mine();
  };
  take();
  return take;
}
