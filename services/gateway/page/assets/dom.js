// Elements are made here and nowhere else. Text goes in as text nodes and attributes by name: no string is ever read as HTML.

const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name.startsWith("--")) element.style.setProperty(name, value);
    else if (name === "href") { if (isSafe(value)) element.setAttribute(name, value); }
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

// h("a", {class: "name", href: "#/live"}, "text", element, null) → an element; null, undefined and false are left out.
export const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

export const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

// An address from an article is a link only where it leads to the web: never javascript:, data: or the like.
export function isSafe(address) {
  return address.startsWith("#") || /^https?:\/\//i.test(address) || /^[a-z]+(\/|$)/.test(address);
}

export const put = (element, ...children) => (element.replaceChildren(), fill(element, null, children));

export const byId = (id) => document.getElementById(id);

// What a screen reader says without anything being shown.
export function announce(text) {
  byId("announce").textContent = text;
}
