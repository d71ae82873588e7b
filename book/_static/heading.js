// A link to a heading lands on it: faces and formulas that come late move the page under a reader
// who has not moved yet, and so does what a script makes, which then says `grown`. Who goes back, or
// loads the page again, is where the browser knows.
(() => {
  let hasMoved = performance.getEntriesByType("navigation")[0].type !== "navigate";
  const move = () => { hasMoved = true; };
  for (const type of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    addEventListener(type, move, { once: true, passive: true });
  }
  const land = () => {
    const heading = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (heading && !hasMoved) heading.scrollIntoView({ behavior: "instant" });
  };
  addEventListener("grown", land);
  addEventListener("load", () => {
    land();
    setTimeout(land); // Firefox may go to where it was once more
    document.fonts.ready.then(land);
  });
})();
