// Entities: who and what the archive is about, by the number of articles that name them.

import { h, put } from "../dom.js";
import { count, isName, pencil, plural, TYPE_NAMES, typeName } from "../format.js";
import { current, forArchive, format } from "../route.js";
import { empty } from "../rows.js";
import { meter, pages, tableFilters } from "./tables.js";

export const title = "Entities";

export async function open(main, { signal }) {
  const { filters: { q, type, since, until } } = current();
  const body = h("div", { class: "list-body" });
  put(main, h("div", { class: "view-head" }, h("h1", null, "Entities"), h("span", { class: "said" }, "people, organisations and places, and how many articles name them; dates and figures by their type")),
    tableFilters("Filter entities", [["q", "Name", { type: "search", placeholder: "a part of it, or press /", "data-search": true }], ["type", "Type", Object.entries(TYPE_NAMES)],
      ["since", "From", { type: "date" }], ["until", "Until", { type: "date" }]]), body);
  const rows = h("tbody");
  const table = h("table", { class: "table fold" }, h("caption", { class: "unseen" }, "Entities"), h("thead", null, h("tr", null,
    ["Name", "Type"].map((text) => h("th", { scope: "col" }, text)), h("th", { scope: "col", class: "number" }, "Articles"), h("th", { scope: "col", class: "wide" }, h("span", { class: "unseen" }, "Share")),
    h("th", { scope: "col", class: "number wide" }, "Mentions"), h("th", { scope: "col", class: "wide" }, "Link"))), rows);
  let most = 0;
  await pages(body, { path: "entities", parameters: forArchive({ q, type, since, until }), name: "entities", signal,
    none: () => empty("Nobody by that name", "A shorter part of the name finds more."),
    draw: (items, place) => {
      most ||= Math.max(1, ...items.map((one) => one.articles));
      rows.append(...items.filter((one) => type || isName(one.type)).map((one) => line(one, most)));
      place.prepend(table);
    } });
}

const line = (one, most) => h("tr", { "data-item": true },
  h("td", { class: "main" }, h("span", { class: `type-dot ${pencil(one.type)}` }), h("a", { "data-open": true, href: format("entity", [one.link || one.name]) }, one.name)),
  h("td", null, typeName(one.type)), h("td", { class: "number" }, count(one.articles)),
  h("td", { class: "wide" }, meter(one.articles / most, { kind: pencil(one.type), label: plural(one.articles, "article") })),
  h("td", { class: "number wide" }, count(one.mentions)), h("td", { class: "wide" }, h("code", null, one.link ?? "")));
