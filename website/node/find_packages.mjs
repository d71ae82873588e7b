// Let any module import npm's packages, which are in the Python environment rather than in a
// folder above the module.

import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

const packages = pathToFileURL(process.env.NODE_PATH).href;

registerHooks({
  resolve(name, context, next) {
    const inside = context.parentURL?.startsWith(packages);
    const isPackage = /^[@a-z][^:]*$/.test(name);
    return next(name, isPackage && !inside ? { ...context, parentURL: packages } : context);
  },
});
