// Bundle the site's own scripts, with the packages that they use, and their styles into a folder, and
// what writes labs for the build into a file: `node scripts.mjs FOLDER WRITER`, or
// `node scripts.mjs FOLDER WRITER python` for a site that runs Python. Words in another language
// come from standard input, as JSON.

import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { translate } from "../../words/translate.mjs";

const [outdir, outfile, python] = process.argv.slice(2);
const shared = {
  absWorkingDir: fileURLToPath(new URL("../../", import.meta.url)),
  nodePaths: [process.env.NODE_PATH],
  bundle: true,
  minify: true,
  target: "es2022",
  charset: "utf8",
  plugins: [translate(JSON.parse(readFileSync(0, "utf8")))],
};

// One classic script, which also a page on a disk may load.
const lab = {
  outdir,
  entryPoints: { "lab/lab": "lab/script.mjs" },
  format: "iife",
  banner: { js: '(function lab(){"use strict";' },
  footer: { js: "})();" },
};
const styles = { outdir, entryPoints: { "lab/lab": "lab/style.css" } };
const writer = { outfile, entryPoints: ["lab/still/write.mjs"], format: "esm", platform: "node" };
const pages = {
  outdir,
  entryPoints: {
    "python/homework": "python/page/homework.mjs",
    "python/chapter": "python/page/chapter.mjs",
    "python/notebook": "python/page/notebook.css",
  },
  outExtension: { ".js": ".mjs" },
  chunkNames: "python/[name]-[hash]",
  format: "esm",
  splitting: true,
};
const asked = [lab, styles, writer, ...(python ? [pages] : [])];
await Promise.all(asked.map((options) => build({ ...shared, ...options })));
