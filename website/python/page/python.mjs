// One Python for a page: it starts with the first run, and runs one cell after the other.

import { isKept, isolate, keepPage } from "../engine/isolation.mjs";
import { tr } from "../../words/words.mjs";

export const ROOT = new URL("../../", import.meta.url).href; // of the site: the script is in _static/python
const FROM_THE_TOP = tr`Python starts anew: run the cells from the top.`;

// A cell has `begin(number)`, `add(output)`, `end(answer)`, `wait(yes)`, `source()` and `mayFail`.
// The page has `bundles`, and hears `say(text)`, `progress(done, total)`, `state(name)`, `anew()`.
export function makePython(page) {
  const shared = globalThis.crossOriginIsolated;
  const interrupt = shared ? new Uint8Array(new SharedArrayBuffer(1)) : null;
  let worker, ready, giveUp, answered, working, named;
  let current = null;
  let queue = [];
  let count = 0;
  isolate(ROOT); // for the next visit

  function start() {
    ready ??= new Promise((done, fail) => {
      giveUp = fail;
      page.state("loading");
      isKept(ROOT, page.bundles).then((yes) => yes && page.say(tr`Python is starting`));
      worker = new Worker(new URL("python/worker.mjs", ROOT), { type: "module" });
      const broken = ({ text }) => {
        end(text);
        fail(new Error(text));
      };
      const heard = {
        progress: (data) => page.progress(data.done, data.total),
        fetching: ({ bundle }) => page.say(tr`Fetching ${bundle}`),
        ready: () => {
          done();
          keepPage(ROOT); // it can be read and run without a network
        },
        names: (data) => named(data),
        output: ({ output }) => current.add(output),
        done: (data) => answered(data),
        broken,
      };
      worker.onmessage = ({ data }) => heard[data.type]?.(data);
      worker.onerror = (event) => broken({ text: event.message ?? tr`its files could not be fetched` });
      worker.postMessage({ type: "load", bundles: page.bundles, interrupt });
    });
    return ready;
  }

  function runOne(cell) {
    current = cell;
    cell.begin(++count);
    return new Promise((done) => {
      answered = done;
      worker.postMessage({ type: "run", number: count, source: cell.source() });
    });
  }

  async function work() {
    try {
      await start();
      if (!queue.length) page.say(tr`Python is ready`);
      else page.state("running");
      while (queue.length) {
        const cell = queue.shift();
        const answer = await runOne(cell);
        current = null;
        if (interrupt) interrupt[0] = 0; // here: the worker could undo a quick Stop of the next cell
        cell.end(answer);
        if (!answer.ok && !cell.mayFail) drop();
      }
    } catch (error) {
      page.say(tr`Python does not run: ${error.message}`);
    }
    drop();
    working = null;
    page.state(ready ? "idle" : "off");
  }

  function drop() {
    for (const cell of queue) cell.wait(false);
    queue = [];
  }

  // End Python itself; what it was doing is over, and the cell says `why`.
  function end(why = "") {
    worker?.terminate();
    worker = ready = null;
    count = 0;
    page.anew();
    named?.(null);
    answered?.({ ok: false, error: { ename: "Stopped", evalue: `${why && `${why}. `}${FROM_THE_TOP}` } });
  }

  function restart(text = "") {
    drop();
    const waiting = !current;
    end();
    if (waiting) giveUp?.(new Error(tr`it was stopped before it had started`));
    page.say(`${text} ${FROM_THE_TOP}`.trim());
  }

  return {
    // Run cells, after those that are waiting; ends when all have run, or one has failed.
    run(cells) {
      const more = cells.filter((cell) => cell !== current && !queue.includes(cell));
      for (const cell of more) cell.wait(true);
      queue.push(...more);
      working ??= work();
      return working;
    },
    // Stop softly where the page is isolated: what was computed stays.
    stop() {
      drop();
      if (current && interrupt) interrupt[0] = 2;
      else if (working) restart(tr`Stopped.`);
    },
    restart,
    // Start before the first run, where an earlier visit has left all that this would fetch.
    async warm() {
      if (ready || !(await isKept(ROOT, page.bundles)) || working) return;
      working = work();
    },
    // Return the names that a word could become, and where it begins; null while no Python is idle.
    complete(source, position) {
      named?.(null);
      if (!ready || working) return null;
      worker.postMessage({ type: "complete", source, position });
      return new Promise((done) => {
        named = done;
      });
    },
  };
}
