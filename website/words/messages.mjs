// Print the messages of scripts, as JSON: `node messages.mjs FILE …`.

import { readFileSync } from "node:fs";
import { messagesOf } from "./translate.mjs";

const found = process.argv.slice(2).flatMap((file) =>
  messagesOf(readFileSync(file, "utf8")).map(({ node, id, plural, context, comments }) =>
    ({ file, line: node.loc.start.line, id, plural, context, comments })));
process.stdout.write(JSON.stringify(found));
