// The student's work: kept in this browser by one tab at a time, handed in as a file, opened again.

import { asked } from "./ask.mjs";
import { button, html as make } from "../../lab/page/elements.mjs";
import { namesOf, text } from "../page/notebook_file.mjs";
import { holdInOneTab } from "./one_tab.mjs";
import { isPrivate, openStore } from "./store.mjs";
import { tr } from "../../words/words.mjs";

const NOT_KEPT = tr`This browser keeps nothing for this page: download your work before you leave.`;
const PRIVATE = tr`This looks like a private window: download your work before you close it.`;
const ELSEWHERE = tr`This homework is open in another tab. What you do here is not saved. `;
const MINE = tr`Download my work first`;
const REPLACE = {
  title: tr`This would replace your work`,
  words: tr`What you wrote on this page goes, and what is in the other notebook comes in its place.`,
  no: tr`Keep mine`,
  yes: tr`Open the file and replace my work`,
};
const BOTH = {
  title: tr`Your work differs between two tabs`,
  words: tr`It was saved in another tab, and changed in this one, where it was not saved. Only one can stay.`,
  no: tr`Keep what this tab shows`,
  yes: tr`Take what was saved`,
};

// `page` has the `notebook`, its `cells` and `answers`, `makeOwn(after, source, id)`, `remove(cell)`, and
// hears `say(text)`. `key` names the work in the store, `name` is the homework's; notes go into `place` and `bar`.
export function makeWork(page, { key, name, place, bar }) {
  let store = null;
  let timer = null;
  let turn = 0; // how often it has changed who saves
  let holds = false; // whether this tab saves
  let unsaved = false; // whether it has what it could not save
  const kept = make("span", { class: "notebook-kept" });
  const notice = make("div", { class: "notebook-message", role: "alert" });
  const parts = () => [...page.cells, ...page.answers];
  const byId = () => new Map(parts().map((each) => [each.id, each]));
  const isChanged = () => parts().some((each) => each.isOwn || each.source() !== each.given);

  function exported() {
    const whole = structuredClone(page.notebook);
    const now = byId();
    for (const data of whole.cells.filter((each) => now.has(each.id))) {
      const { source, outputs, number } = now.get(data.id);
      data.source = source();
      if (outputs) Object.assign(data, { outputs, execution_count: number });
    }
    return whole;
  }

  function download(whole = exported(), file = name) {
    const type = "application/x-ipynb+json";
    const blob = new Blob([`${JSON.stringify(whole, null, 1)}\n`], { type });
    const link = make("a", { href: URL.createObjectURL(blob), download: `${file}.ipynb` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  // ---- saving --------------------------------------------------------------------------------------

  function save() {
    if (!store) return;
    if (!holds) {
      unsaved = true;
      return;
    }
    kept.textContent = tr`Saving …`;
    clearTimeout(timer);
    timer = setTimeout(saveNow, 300);
  }

  async function saveNow() {
    clearTimeout(timer);
    timer = null;
    try {
      await store.put(key, exported());
      kept.textContent = tr`Saved in this browser`;
    } catch {
      kept.textContent = NOT_KEPT;
    }
  }

  // This tab saves from now on; what another one has saved meanwhile is shown first.
  async function goOn() {
    const now = ++turn;
    const saved = await store.get(key);
    const same = !saved || JSON.stringify(saved) === JSON.stringify(exported());
    const downloads = [[MINE, () => download()], [tr`Download what was saved`, () => download(saved)]];
    const takes = !same && (!unsaved || (await asked({ ...BOTH, downloads })));
    if (now !== turn) return; // meanwhile another tab took it
    if (takes) replaceBy(saved, { sameEdition: true });
    holds = true;
    unsaved = false;
    if (notice.isConnected) page.say(tr`The homework goes on in this tab.`);
    notice.remove();
    await saveNow();
  }

  function elsewhere() {
    turn++;
    unsaved ||= timer !== null;
    clearTimeout(timer);
    timer = null;
    holds = false;
    kept.textContent = tr`Not saved in this tab`;
    bar.prepend(notice);
    notice.replaceChildren(ELSEWHERE, button(tr`Go on here`, take));
  }

  let take;
  const held = () =>
    new Promise((known) => {
      const mine = () => goOn().then(known);
      take = holdInOneTab(key, { mine, elsewhere: () => known(elsewhere()) });
    });

  // ---- opening -------------------------------------------------------------------------------------

  // Go on with a notebook. Of another edition only what the student wrote is taken: its given code
  // and its checks are not those of this one.
  function replaceBy(whole, { sameEdition = false } = {}) {
    const names = namesOf(whole);
    page.anew();
    for (const cell of page.cells.filter((each) => each.isOwn)) page.remove(cell);
    const ours = new Map(namesOf(page.notebook).map((each, at) => [each, page.notebook.cells[at].id]));
    const now = byId();
    let last = page.cells[0];
    for (const [at, data] of whole.cells.entries()) {
      const { source, cell_type, outputs = [], execution_count = null } = data;
      const written = ["solution", "answer"].includes(data.metadata?.tags?.[0]);
      const isOwn = cell_type === "code" && (written || !names[at]); // or a copy that Jupyter has made
      const each = now.get(ours.get(names[at])) ?? (isOwn && page.makeOwn(last, text(source), data.id));
      if (!each) continue;
      if (cell_type === "code") last = each;
      const words = text(source);
      if ((written || sameEdition) && each.source() !== words) each.write(words);
      if (cell_type === "code") each.show(sameEdition ? outputs : [], sameEdition ? execution_count : null);
    }
  }

  // Work that was written here is replaced only when its student has said so.
  async function open(whole, words = {}) {
    const downloads = [[MINE, () => download()]];
    if (isChanged() && !(await asked({ ...REPLACE, ...words, downloads }))) return false;
    replaceBy(whole);
    return true;
  }

  async function openFile(chosen) {
    try {
      const whole = JSON.parse(await chosen.text());
      if (whole.metadata?.homework?.id !== name) throw new Error(tr`it is another homework's`);
      namesOf(whole); // it has cells
      const opened = await open(whole);
      page.say(opened ? tr`${chosen.name} is open: run it from the top.` : tr`Your work is as it was.`);
    } catch (error) {
      page.say(tr`${chosen.name} is not a notebook of this homework: ${error.message}`);
    }
  }

  // Work on another edition is still there, and can be had, until it is gone on with here.
  async function offer(earlier) {
    const whole = await store.get(earlier);
    if (whole.isTaken) return;
    const goOnWith = async () => {
      if (await open(whole, { yes: tr`Replace my work` })) await store.put(earlier, { ...whole, isTaken: true });
    };
    const take = button(tr`Go on with it here`, goOnWith);
    const fetchIt = button(tr`Download it`, () => download(whole, earlier));
    const words = tr`This browser holds work on another edition of this homework (${earlier}). `;
    place.append(make("p", { class: "notebook-message" }, words, take, " ", fetchIt));
  }

  // Show what was kept; say so where nothing can be.
  async function restore() {
    try {
      store = await openStore();
    } catch {
      kept.textContent = NOT_KEPT;
      return;
    }
    if (await isPrivate()) place.append(make("p", { class: "notebook-message" }, PRIVATE));
    const saved = await store.get(key);
    if (saved) replaceBy(saved, { sameEdition: true });
    unsaved = false;
    const earlier = (await store.keys()).filter((each) => each !== key && each.startsWith(`${name}, `));
    for (const each of earlier) await offer(each);
    await held();
  }

  addEventListener("visibilitychange", () => document.hidden && timer && saveNow());
  return { kept, save, restore, download, openFile };
}
