// Pack in Node, with the very Pyodide that a page will run, so that the compiled code fits it.
// Reads a request of pack.py from standard input.
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const request = JSON.parse(fs.readFileSync(0, "utf8"));
const { loadPyodide } = await import(pathToFileURL(path.join(request.pyodide, "pyodide.mjs")).href);
const python = await loadPyodide({ indexURL: request.pyodide + path.sep });
python.FS.writeFile("/lib/python3.14/site-packages/in_pyodide.py",
  fs.readFileSync(path.join(request.here, "in_pyodide.py")));
const inside = python.pyimport("in_pyodide");
const bytes = (file) => python.toPy(new Uint8Array(fs.readFileSync(file)));
const contents = (files) => python.toPy(files.map(([name, file]) => [name, bytes(file)]));
const wheels = (files) => python.toPy(files.map(bytes));

function made(name, job) {
  if (name === "stdlib") return inside.standard_library(bytes(path.join(request.pyodide, "python_stdlib.zip")));
  if (job.files) return inside.bundle(inside.compiled_files(contents(job.files)));
  const files = inside.files_of(wheels(job.wheels));
  if (name !== "plot") return inside.bundle(files);
  return inside.bundle(inside.with_font_list(inside.files_of(wheels(request.base)), files));
}

for (const [name, job] of Object.entries(request.jobs)) {
  const result = made(name, job).toJs();
  const data = name === "stdlib" ? result : gzipSync(result, { level: 9 });
  const hash = crypto.createHash("sha256").update(data).digest("hex").slice(0, 12);
  fs.writeFileSync(path.join(job.made, `${name}.${hash}.${name === "stdlib" ? "zip" : "pack"}`), data);
}
