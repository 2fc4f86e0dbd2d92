// Lists of articles, and what a list shows when there is nothing, or when it failed.

import { h } from "./dom.js";
import { clock, day, glyphOf, kindOf, minute, pencil, plural, typeName } from "./format.js";
import { format, current } from "./route.js";

export const titleOf = (one) => one.title || (one.lede ?? one.body ?? "").slice(0, 90) || "Untitled";

const filtered = (view, changes) => format(view, [], { ...current().filters, ...changes });

export function entityLink({ canonical, name = canonical, type, link }) {
  return h("a", { class: `name ${pencil(type)}`, href: format("entity", [link || name]), title: typeName(type) }, name);
}

export function verdict(one) {
  if (one.status === "duplicate") {
    const told = kindOf(one.kind);
    return h("a", { class: "verdict copy", href: format("article", [one.article_id, "copies"]), title: `${told} an earlier article` },
      h("span", { "aria-hidden": "true", class: "glyph" }, glyphOf(one.kind)), one.kind === "near" ? "copy" : one.kind === "exact" ? "same" : one.kind ?? "copy");
  }
  if (one.copies) return h("a", { class: "verdict printed", href: format("article", [one.article_id, "copies"]) }, plural(one.copies, "copy", "copies"));
  return h("span", { class: "verdict" });
}

// A record as slim() leaves it → a list item. `where` is the view that a source leads to.
export function row(one, { where = "live", seconds = true } = {}) {
  const sourced = one.source ? h("a", { class: "source", href: filtered(where, { source: one.source }), title: `Only ${one.source}` }, one.source)
    : h("span", { class: "source none" }, "no source");
  return h("li", { class: `row${one.status === "duplicate" ? " is-copy" : ""}`, "data-item": true, "data-id": one.article_id },
    h("time", { class: "when", datetime: one.ingested_at, title: day(one.ingested_at) }, (seconds ? clock : minute)(one.ingested_at)),
    sourced,
    h("div", { class: "story" },
      h("a", { class: `headline${one.title ? "" : " untitled"}`, "data-open": true, href: format("article", [one.article_id]), lang: one.language, dir: "auto" }, titleOf(one)),
      h("p", { class: "lede", lang: one.language, dir: "auto" }, one.lede)),
    verdict(one),
    h("span", { class: "names" }, one.names.slice(0, 3).map(entityLink)));
}

// Items with a rule and a date wherever the day changes.
export function ledger(records, options) {
  let last = "";
  return records.flatMap((one) => {
    const today = day(one.ingested_at);
    const rule = today !== last ? [h("li", { class: "day", "data-day": today }, h("h2", null, today))] : [];
    last = today;
    return [...rule, row(one, options)];
  });
}

export const empty = (title, ...told) => h("div", { class: "empty" }, h("p", { class: "empty-title" }, title), h("p", null, told));

export function failure(problem, again) {
  return h("div", { class: "empty failed", role: "alert" },
    h("p", { class: "empty-title" }, problem.title ?? "It failed"),
    h("p", null, problem.detail ?? String(problem)),
    problem.remedy && h("p", { class: "remedy" }, problem.remedy),
    again && h("p", null, h("button", { type: "button", onclick: again }, "Try again")));
}

// A whole view that could not be shown.
export const broken = (title, problem, again) => [h("h1", { class: "unseen" }, title), failure(problem, again)];

// Lines of the height that rows will have, so that nothing moves when they come.
export const waitingRows = (number = 12) => h("ol", { class: "rows pending", "aria-hidden": "true" },
  Array.from({ length: number }, () => h("li", { class: "row" }, h("span", { class: "when" }), h("span", { class: "source" }), h("div", { class: "story" }))));
