// What axe finds wrong now, and of texts that look alike it measures the contrast of one.
// Alike are the colors, the font and all that is painted behind, as far as that reaches.
// A text that axe cannot judge speaks for no other: then the next ones of its kind are measured.
// Since it judges none that is cut off, those in sight come first, and there is no second time.
async ([context, tags]) => {
  const PLAIN = ["rgba(0, 0, 0, 0)", "none", "1", "normal", "none", "auto"].join();
  const WORD = /[^\s!-/:-@[-`{-~]/; // axe passes over a text of these alone
  const FIELDS =
    "select, textarea, input:not([type=radio], [type=checkbox], [type=range], [type=file])";
  const PICTURES = new Set(["IMG", "CANVAS", "VIDEO", "IFRAME", "svg"]);
  const styles = new Map([...document.querySelectorAll("*")].map((each) => [each, styleOf(each)]));
  const painted = [...styles].filter(([, style]) => style.paint).map(([each]) => each);
  const boxes = new Map(painted.map((each) => [each, each.getBoundingClientRect()]));
  const numbers = new Map(painted.map((each, number) => [each, number]));

  function styleOf(element) {
    const style = getComputedStyle(element);
    const paint = style.backgroundColor !== "rgba(0, 0, 0, 0)" || style.backgroundImage !== "none";
    const layer = [style.backgroundColor, style.backgroundImage, style.opacity];
    layer.push(style.mixBlendMode, style.filter, style.zIndex);
    const text = [style.color, style.webkitTextFillColor, style.webkitTextStroke];
    text.push(style.textShadow, style.fontSize, style.fontWeight);
    return {
      clips: style.overflowX !== "visible",
      paint: paint || PICTURES.has(element.tagName),
      layer: layer.join(),
      text: text.join(),
    };
  }

  function boxOf(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    const box = range.getBoundingClientRect();
    return box.width ? box : element.getBoundingClientRect();
  }

  function kindOf(element) {
    const box = texts.get(element);
    const kind = [styles.get(element).text];
    for (let each = element; each; each = each.parentElement) {
      const { paint, layer } = styles.get(each);
      if (layer !== PLAIN) kind.push(layer);
      if (paint) kind.push(holds(boxes.get(each), box));
    }
    for (const [each, other] of boxes) {
      if (meet(other, box) && !each.contains(element) && !element.contains(each)) {
        kind.push(numbers.get(each));
      }
    }
    return kind.join(";");
  }

  const holds = (outer, inner) =>
    outer.left <= inner.left + 1 && outer.right >= inner.right - 1 &&
    outer.top <= inner.top + 1 && outer.bottom >= inner.bottom - 1;
  const meet = (one, other) =>
    one.left < other.right - 1 && one.right > other.left + 1 &&
    one.top < other.bottom - 1 && one.bottom > other.top + 1;
  const isAsked = (element) =>
    typeof context === "string" ? element.closest(context)
      : !context?.exclude.flat().some((each) => element.closest(each));
  const isInSight = (element) => { // axe judges no single letter, and none in a picture
    for (let each = element; each; each = each.parentElement) {
      const { clips } = styles.get(each);
      if (clips && !holds(each.getBoundingClientRect(), texts.get(element))) return false;
    }
    return element.textContent.trim().length > 1 && !element.closest("svg");
  };
  const hasText = (element) =>
    element.checkVisibility({ visibilityProperty: true }) &&
    (element.matches(FIELDS) ||
      [...element.childNodes].some((each) => each.nodeType === 3 && WORD.test(each.data)));

  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-example]" }] });
  const options = { runOnly: tags, resultTypes: ["violations", "passes"] };
  Object.assign(options, { elementRef: true, selectors: false });
  const asked = [...styles.keys()].filter((each) => hasText(each) && isAsked(each));
  const texts = new Map(asked.map((each) => [each, boxOf(each)]));
  asked.sort((one, other) => isInSight(other) - isInSight(one));
  let kinds = [...Map.groupBy(asked, kindOf).values()];
  const faults = [];
  for (let many = 1; many === 1 || kinds.length; many *= 100) {
    const examples = new Map(
      kinds.flatMap((kind) => kind.splice(0, many).map((each) => [each, kind])),
    );
    for (const each of examples.keys()) each.setAttribute("data-example", "");
    const { violations, passes } = await axe.run(context ?? document, options);
    for (const each of examples.keys()) each.removeAttribute("data-example");
    faults.push(...violations);
    const rules = [...violations, ...passes].filter((each) => each.id === "color-contrast");
    const judged = rules.flatMap((each) => each.nodes)
      .filter((node) => node.any[0].data?.contrastRatio);
    const done = new Set(judged.map((node) => examples.get(node.element)));
    kinds = kinds.filter((kind) => kind.length && !done.has(kind) && isInSight(kind[0]));
    options.runOnly = ["color-contrast"];
  }
  return faults.map(({ id, nodes }) => [
    id,
    nodes.map(({ element }) => element.outerHTML.slice(0, 160)),
  ]);
}
