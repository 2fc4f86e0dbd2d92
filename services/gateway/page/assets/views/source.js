// One source: its volume by day, whom it prints and who prints it, and the lines that it repeats on every page.

import { h, put } from "../dom.js";
import { get } from "../api.js";
import { count, percent, shortDay } from "../format.js";
import { bars, dayBars } from "../plots.js";
import { current, format } from "../route.js";
import { broken } from "../rows.js";
import { pairsOf } from "./sources.js";

export const title = "Source";

export async function open(main, { signal }) {
  const [name] = current().parts;
  try {
    const found = await get(`sources/${encodeURIComponent(name ?? "")}`, {}, signal);
    document.title = `${name} · Copydesk`;
    put(main, drawn(name, found));
  } catch (problem) {
    if (problem.name !== "AbortError") put(main, broken(title, problem, () => open(main, { signal })));
  }
}

function drawn(name, found) {
  const one = found.source && typeof found.source === "object" ? found.source : found;
  const lines = (list) => pairsOf(list).map((pair) => ({ label: pair.source ?? "no source", value: pair.articles, href: pair.source && format("source", [pair.source]) }));
  const [from, by] = [lines(one.copied_from), lines(one.copied_by)];
  return [
    h("header", { class: "article-head" },
      h("div", { class: "kicker" }, "Source"), h("h1", null, name),
      h("div", { class: "kicker" }, h("span", null, `${count(one.articles)} articles, ${percent(one.copies / Math.max(1, one.articles))} of them copies`),
        one.first && h("span", null, `${shortDay(one.first)} – ${shortDay(one.last)}`),
        h("a", { href: format("search", [], { source: name }) }, "all of them in Search"), h("a", { href: format("live", [], { source: name }) }, "follow in Live"))),
    h("div", { class: "pair" }, h("div", null, dayBars(found.counts ?? [], "Articles a day"))),
    h("div", { class: "pair" },
      from.length ? bars(from, { caption: "Prints what these had first" }) : nothing("Prints what these had first", "Nobody’s, as far as is known."),
      by.length ? bars(by, { caption: "Printed by" }) : nothing("Printed by", "Nobody, as far as is known.")),
    furniture(found.furniture),
  ];
}

const nothing = (caption, told) => h("section", { class: "facet" }, h("h2", null, caption), h("p", { class: "aside-note" }, told));

function furniture(learned) {
  if (!learned?.lines?.length) return nothing("What it repeats", "No lines were learned for it: “copydesk sources learn” does it.");
  const lines = [...learned.lines].sort((a, b) => b.documents - a.documents);
  return h("section", { class: "facet" }, h("h2", null, `What it repeats, learned from ${count(learned.documents)} pages, and the desk strikes out`),
    h("div", { class: "galley" }, lines.map((one) => h("div", { class: "strip-line" }, h("span", { class: "why" }, `on ${percent(one.documents / Math.max(1, learned.documents))}`), h("div", null, h("del", null, one.text))))));
}
