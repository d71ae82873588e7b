// The lab's one script. Its bundle is a function, `lab`, whose text a worker runs as well: on the
// page it starts the labs, in a worker it computes.

import { startLabs } from "./page/page.mjs";
import { computeHere } from "./page/runner.mjs";

if (globalThis.document) startLabs();
else computeHere();
