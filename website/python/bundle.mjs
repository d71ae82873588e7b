// Join the modules of website/python/page and the packages that they use into the files that a page
// loads: `node bundle.mjs FOLDER ENTRY ...`.

import { buildSync } from "esbuild";

const [folder, ...entryPoints] = process.argv.slice(2);
buildSync({
  entryPoints,
  outdir: folder,
  outExtension: { ".js": ".mjs" },
  nodePaths: [process.env.NODE_PATH],
  bundle: true,
  splitting: true,
  minify: true,
  format: "esm",
  target: "es2022",
  chunkNames: "[name]-[hash]",
});
