// Bundle the site's own scripts, with the packages that they use, and their styles into a folder:
// `node scripts.mjs FOLDER`, or `node scripts.mjs FOLDER python` for a site that runs Python. Words
// in another language come from standard input, as JSON.

import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { translate } from "../../words/translate.mjs";

const [outdir, python] = process.argv.slice(2);
const shared = {
  outdir,
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
  entryPoints: { "lab/lab": "lab/script.mjs" },
  format: "iife",
  banner: { js: '(function lab(){"use strict";' },
  footer: { js: "})();" },
};
const styles = { entryPoints: { "lab/lab": "lab/style.css" } };
const pages = {
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
const asked = python ? [lab, styles, pages] : [lab, styles];
await Promise.all(asked.map((options) => build({ ...shared, ...options })));
