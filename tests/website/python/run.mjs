// Run cells with the packed files, in Node: reads {manifest, files, folders, bundles, cells}, writes
// for each cell its outputs, its error, and what had to be fetched for it.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const request = JSON.parse(fs.readFileSync(0, "utf8"));
const { startPython } = await import(pathToFileURL(request.engine).href);
const read = (name) => fs.readFileSync(`${request.files}/${name}`);
let fetched = [];
const engine = await startPython({
  manifest: request.manifest,
  files: `file://${request.files}/`,
  bundles: request.bundles,
  open: async (name) => new Blob([read(name)]).stream(),
  openNow(name, bundle) {
    fetched.push(bundle);
    return new Uint8Array(read(name));
  },
  progress() {},
});
for (const [at, root] of Object.entries(request.folders)) {
  engine.python.FS.mkdirTree(at);
  engine.python.FS.mount(engine.python.FS.filesystems.NODEFS, { root }, at);
}
const results = request.cells.map((source, place) => {
  const outputs = [];
  fetched = [];
  const error = engine.run(source, place + 1, (output) => outputs.push(output));
  return { outputs, error, fetched };
});
process.stdout.write(JSON.stringify(results), () => process.exit(0));
