// The little of a document that a lab needs to be written as HTML when the book is built.

const VOID = ["input"];

function escape(text) {
  return String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

class Element {
  constructor(tag) {
    Object.assign(this, { tag, attributes: {}, children: [], style: {}, dataset: {} });
    this.classList = { add: () => {}, toggle: () => {} };
  }

  setAttribute(name, value) {
    this.attributes[name] = value;
  }

  removeAttribute(name) {
    delete this.attributes[name];
  }

  append(...children) {
    for (const child of children) if (child instanceof Element) child.parentNode = this;
    this.children.push(...children);
  }

  replaceChildren(...children) {
    this.children = [];
    this.append(...children);
  }

  addEventListener() {}

  // The first element in it with a tag, or with a name as in `[name="alpha"]`.
  querySelector(selector) {
    const name = selector.match(/^\[name="(.*)"\]$/)?.[1];
    for (const child of this.children) {
      if (!(child instanceof Element)) continue;
      if (name ? child.attributes.name === name : child.tag === selector) return child;
      const found = child.querySelector(selector);
      if (found) return found;
    }
    return null;
  }

  get type() {
    return this.attributes.type;
  }

  get lastChild() {
    return this.children.at(-1);
  }

  set textContent(text) {
    this.children = [text];
  }

  get textContent() {
    return this.children.map((child) => child.textContent ?? child).join("");
  }

  set hidden(is) {
    if (is) this.attributes.hidden = "";
    else delete this.attributes.hidden;
  }

  toString() {
    const attributes = Object.entries(this.attributes).map(([name, value]) => ` ${name}="${escape(value)}"`);
    const start = `<${this.tag}${attributes.join("")}>`;
    if (VOID.includes(this.tag)) return start;
    const inner = this.children.map((child) => (child instanceof Element ? child : escape(child)));
    return `${start}${inner.join("")}</${this.tag}>`;
  }
}

export const document = {
  createElement: (tag) => new Element(tag),
  createElementNS: (_, tag) => new Element(tag),
};
