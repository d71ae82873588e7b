// Let Node run the site's modules in another language: `--import hook.mjs?words.json`.

import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { translated } from "./translate.mjs";

const { search } = new URL(import.meta.url);
const words = JSON.parse(readFileSync(decodeURIComponent(search.slice(1)), "utf8"));

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!/\/website\/lab\/.*\.mjs$/.test(url)) return loaded;
    return { ...loaded, source: translated(String(loaded.source), words) };
  },
});
