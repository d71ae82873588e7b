// Python, from the packed files: starts the interpreter while the bundles come, then runs cells.
// Knows neither a page nor a worker: the tests run it in Node.

const PACKAGES = "/lib/python3.14/site-packages/";

async function unpacked(stream, progress) {
  const counted = stream.pipeThrough(new TransformStream({
    transform(chunk, out) {
      progress(chunk.length);
      out.enqueue(chunk);
    },
  }));
  const plain = counted.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

// A bundle is the length of its index, the index, and the files, which are handed over uncopied.
function install(FS, bundle) {
  const folders = new Set();
  let at = 4 + new DataView(bundle.buffer).getUint32(0, true);
  for (const [name, length] of JSON.parse(new TextDecoder().decode(bundle.subarray(4, at)))) {
    const path = PACKAGES + name;
    const folder = path.slice(0, path.lastIndexOf("/"));
    if (!folders.has(folder)) FS.mkdirTree(folder);
    folders.add(folder);
    FS.writeFile(path, bundle.subarray(at, at + length), { canOwn: true });
    at += length;
  }
}

// The shared byte as Pyodide reads it: each time it reads, and then writes 0. A stop that the page
// writes in between would be lost, so a byte that was 0 is left alone.
export function stops(interrupt) {
  let read = 0;
  return {
    get 0() {
      return (read = interrupt[0]);
    },
    set 0(value) {
      if (read) interrupt[0] = value;
    },
  };
}

// files: where the hashed files are, with a slash at its end; open(name): a stream of one;
// openNow(name): its bytes, at once. Both take the name that the manifest has.
export async function startPython({ manifest, files, bundles, interrupt, open, openNow, progress }) {
  const wanted = [...new Set(["own", "base", ...bundles])];
  const entries = wanted.map((name) => manifest.bundles[name]);
  const total = entries.reduce((sum, entry) => sum + entry.size, 0);
  let done = 0;
  const count = (bytes) => progress((done += bytes), total);
  const waiting = Promise.all(entries.map(async ({ file }) => unpacked(await open(file), count)));
  waiting.catch(() => {}); // it is awaited below, perhaps after it has failed

  const core = files + manifest.core.folder;
  const { loadPyodide } = await import(`${core}pyodide.mjs`);
  const python = await loadPyodide({
    indexURL: core.replace(/^file:\/\//, ""),
    stdLibURL: files.replace(/^file:\/\//, "") + manifest.stdlib.file,
    lockFileContents: { info: manifest.info, packages: {} },
    env: { HOME: "/home/pyodide", MPLBACKEND: "agg", MPLCONFIGDIR: `${PACKAGES}mpl-config` },
  });
  for (const bundle of await waiting) install(python.FS, bundle);
  if (interrupt) python.setInterruptBuffer(stops(interrupt));
  python.runPython("import importlib; importlib.invalidate_caches()");
  const runner = python.pyimport("runner");
  runner.fetch_when_asked(JSON.stringify(manifest.owners), JSON.stringify(wanted),
    (name) => openNow(manifest.bundles[name].file, name));

  return {
    python,
    run: (source, number, show) =>
      JSON.parse(runner.run_cell(source, number, (output) => show(JSON.parse(output)))),
    complete: (source, position) => JSON.parse(runner.complete(source, position)),
  };
}
