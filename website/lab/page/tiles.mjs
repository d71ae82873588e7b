// Three numbers of a result, each a fraction with its bar: the point of each is, of which genes.

const FRACTIONS = [
  ({ fp, tn }) => [fp, fp + tn],
  ({ fn, tp }) => [fn, fn + tp],
  ({ fp, tp }) => [fp, fp + tp],
];

export class Tiles {
  constructor(box) {
    this.box = box;
  }

  show({ decided, truth }) {
    [...this.box.children].forEach((tile, i) => {
      const [part, of] = FRACTIONS[i](decided.counts);
      tile.querySelector("b").textContent = truth ? `${part}/${of}` : "?";
      tile.querySelector("span").textContent = truth && of ? (part / of).toFixed(3) : "";
      tile.querySelector("i").setAttribute("style", `--part: ${truth && of ? part / of : 0}`);
    });
  }
}
