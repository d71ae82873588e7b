// The state of a page's labs and its address are one: what a reader changes goes into the address,
// and a link, "Back" and "Forward" change the labs.

// Return a function that goes to a new address of the page, such as `#lab?alpha=0.01`.
export function followAddress(labs) {
  const names = labs.map(({ name }) => name);
  const isLink = () => location.hash.startsWith("#lab?");

  function write() {
    const queries = labs.map((lab, i) => lab.query(i)).filter(Boolean).join("&");
    const [plain] = location.href.split(isLink() ? "#" : null);
    history.replaceState(true, "", queries ? `#lab?${queries}` : plain);
  }

  // `history.state` is true for entries of the history that were here before; Sphinx sets it to {}.
  function follow() {
    const isNew = history.state !== true;
    // The reader goes to a heading of the page: the state stays, and so its address has to.
    if (isNew && labs[0].settings && location.hash && !isLink()) return write();
    history.replaceState(true, "");
    const meant = labs.filter((lab) => lab.follow(names))[0];
    // Not before the figure above has made room.
    if (isNew && meant) requestAnimationFrame(() => meant.root.scrollIntoView({ behavior: "instant" }));
  }

  for (const lab of labs) lab.settled = write;
  addEventListener("hashchange", follow);
  follow();
  return (hash) => {
    location.hash = hash;
    follow();
    labs[0].focus();
  };
}
