// Stories: events that several articles tell, the one that came in last first.

import { h, put } from "../dom.js";
import { count, minute, plural, shortDay } from "../format.js";
import { current, forArchive, format } from "../route.js";
import { empty } from "../rows.js";
import { pages, tableFilters } from "./tables.js";

export const title = "Stories";

export async function open(main, { signal }) {
  const { filters: { q, entity, source, since, until }, rest: { least } } = current();
  const body = h("div", { class: "list-body" });
  put(main, h("div", { class: "view-head" }, h("h1", null, "Stories"), h("span", { class: "said" }, "one event each, as several articles tell it")),
    tableFilters("Filter stories", [["q", "Words", { type: "search", placeholder: "words, or press /", "data-search": true }], ["entity", "Name", { placeholder: "Kishida" }],
      ["source", "Source", { placeholder: "example.com" }], ["least", "Articles, at least", { type: "number", min: 1, placeholder: "2" }],
      ["since", "From", { type: "date" }], ["until", "Until", { type: "date" }]]), body);
  const list = h("ol", { class: "threads", "aria-label": "Stories, newest first" });
  await pages(body, { path: "stories", parameters: { ...forArchive({ q, entity, source, since, until }), least }, name: "stories", signal,
    none: () => empty("No stories", "They are told where the service ", h("code", null, "stories"), " runs: ", h("code", null, "copydesk up --with stories"), "."),
    draw: (items, place) => {
      list.append(...items.map(line));
      place.prepend(list);
    } });
}

const line = (one) => h("li", { class: "thread", "data-item": true },
  h("p", { class: "thread-size" }, h("b", null, count(one.articles)), h("span", null, one.articles === 1 ? "article" : "articles")),
  h("div", null,
    h("h2", null, h("a", { "data-open": true, href: format("story", [one.story]), dir: "auto" }, one.title)),
    h("p", { class: "thread-lede", dir: "auto" }, one.lede),
    h("p", { class: "kicker" }, h("span", null, plural(one.outlets, "outlet")), one.copies > 0 && h("span", null, plural(one.copies, "copy", "copies")), h("span", null, span(one)))));

// When a story was told, as exact as it is known: "5 Jan 2026, 09:12 – 6 Jan 2026, 10:00".
export function span({ first_seen: first, last_update: last }) {
  return [...new Set([told(first), told(last)])].join(" – ");
}

export const told = (time) => (time.length > 10 ? `${shortDay(time)}, ${minute(time)}` : shortDay(time) || time);
