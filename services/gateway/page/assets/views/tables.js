// What the views of tables share: a form of filters that writes the address, and pages that are asked for one after another.

import { h, put } from "../dom.js";
import { get } from "../api.js";
import { expand } from "../filters.js";
import { failure } from "../rows.js";
import { current, format, refine } from "../route.js";

export function tableFilters(label, fields) {
  const { filters, rest } = current();
  const given = { ...filters, ...rest };
  const field = ([name, text, options]) => h("label", { class: `field of-${name}` }, h("span", null, text), Array.isArray(options)
    ? h("select", { name, onchange: (event) => event.target.form.requestSubmit() }, h("option", { value: "" }, "any"), options.map(([value, told]) => h("option", { value, selected: given[name] === value }, told)))
    : h("input", { name, value: given[name] ?? "", autocomplete: "off", ...options }));
  const submit = (event) => { event.preventDefault(); refine(Object.fromEntries([...new FormData(event.target)].map(([name, value]) => [name, value.trim() || undefined]))); };
  return h("form", { class: "filters", role: "search", "aria-label": label, onsubmit: submit }, fields.map(field), h("button", { class: "go" }, "Filter"), h("button", { type: "button", class: "more plain", "aria-expanded": "false", onclick: expand }, "More"));
}

// Asks for pages of `path` and draws each with `draw(items)`; `none()` is shown where the first is empty.
export async function pages(body, { path, parameters, name, draw, none, signal }) {
  const more = h("p", { class: "older" });
  async function load(cursor) {
    try {
      const page = await get(path, { ...parameters, cursor }, signal);
      const items = page[name] ?? [];
      if (!cursor && !items.length) return put(body, none());
      if (!cursor) put(body);
      draw(items, body);
      put(more, page.next ? h("button", { type: "button", onclick: () => load(page.next) }, "More") : null);
      body.append(more);
    } catch (problem) {
      if (problem.name !== "AbortError") put(body, failure(problem, () => load(cursor)));
    }
  }
  await load();
}

export const meter = (share, { kind = "", part, label } = {}) =>
  h("span", { class: `meter ${kind}${part === undefined ? "" : " split"}`, "--share": share, "--part": part, role: "img", "aria-label": label });

export const link = (view, name, more = {}) => h("a", { href: format(view, [name]), ...more }, name);
