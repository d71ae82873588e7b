// A link to a heading lands on it: faces and formulas that come late move the page under a reader
// who has not moved yet.
(() => {
  let hasMoved = false;
  const move = () => { hasMoved = true; };
  for (const type of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    addEventListener(type, move, { once: true, passive: true });
  }
  const land = () => {
    const heading = document.getElementById(location.hash.slice(1));
    if (heading && !hasMoved) heading.scrollIntoView({ behavior: "instant" });
  };
  addEventListener("load", () => {
    land();
    document.fonts.ready.then(land);
  });
})();
