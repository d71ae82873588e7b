// Keep of an output's HTML what a table needs; everything else goes, or stays as its text.

const TAGS = new Set(["table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "div", "p",
  "span", "b", "i", "em", "strong", "code", "pre", "br", "sub", "sup"]);
const ATTRIBUTES = new Set(["rowspan", "colspan", "scope"]);
const DROPPED = new Set(["script", "style", "template", "iframe", "object", "svg", "math", "noscript"]);

function copy(node, target) {
  for (const child of node.childNodes) {
    const name = child.nodeName.toLowerCase();
    if (child.nodeType === Node.TEXT_NODE) target.append(child.data);
    else if (child.nodeType === Node.ELEMENT_NODE && TAGS.has(name)) {
      const element = document.createElement(name);
      for (const { name: key, value } of child.attributes)
        if (ATTRIBUTES.has(key)) element.setAttribute(key, value);
      copy(child, element);
      target.append(element);
    } else if (child.nodeType === Node.ELEMENT_NODE && !DROPPED.has(name)) copy(child, target);
  }
}

export function sanitized(html) {
  const result = document.createDocumentFragment();
  copy(new DOMParser().parseFromString(html, "text/html").body, result);
  return result;
}
