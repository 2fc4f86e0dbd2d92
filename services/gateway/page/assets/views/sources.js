// Sources: how much each sends, how much of it is copied, and who prints whom.

import { h, put } from "../dom.js";
import { get } from "../api.js";
import { count, percent, plural, shortDay } from "../format.js";
import { empty, failure } from "../rows.js";
import { format } from "../route.js";
import { link, meter } from "./tables.js";

const IN_MATRIX = 14;

export const title = "Sources";

export async function open(main, { signal }) {
  const body = h("div", { class: "list-body" });
  put(main, h("div", { class: "view-head" }, h("h1", null, "Sources"), h("span", { class: "said" }, "what each sends; in amber, how much of it another had printed before")), body);
  try {
    const { sources } = await get("sources", {}, signal);
    put(body, sources.length ? [table(sources), matrix(sources)] : empty("No sources yet", "They are told from the articles that the sink has stored."));
  } catch (problem) {
    if (problem.name !== "AbortError") put(body, failure(problem, () => open(main, { signal })));
  }
}

function table(sources) {
  const most = Math.max(1, ...sources.map((one) => one.articles));
  const head = [["Source"], ["Articles", "number"], ["", "wide"], ["Copies", "number"], ["First", "wide"], ["Last", "wide"]];
  return h("table", { class: "table fold" }, h("caption", { class: "unseen" }, "Sources"),
    h("thead", null, h("tr", null, head.map(([text, kind]) => h("th", { scope: "col", class: kind }, text || h("span", { class: "unseen" }, "Volume, and the share of copies"))))),
    h("tbody", null, sources.map((one) => h("tr", { "data-item": true },
      h("td", { class: "main" }, one.source ? link("source", one.source, { "data-open": true }) : h("i", null, "no source")),
      h("td", { class: "number" }, count(one.articles)),
      h("td", { class: "wide" }, meter(one.articles / most, { part: one.copies / Math.max(1, one.articles), label: `${plural(one.articles, "article")}, of which ${count(one.copies)} are copies` })),
      h("td", { class: "number" }, percent(one.copies / Math.max(1, one.articles))),
      h("td", { class: "wide" }, shortDay(one.first)), h("td", { class: "wide" }, shortDay(one.last))))));
}

// Rows print what columns had first. {source, articles} or a bare name, as the gateway gives it.
export const pairsOf = (list) => (list ?? []).map((one) => (typeof one === "string" ? { source: one, articles: 1 } : { source: one.source, articles: one.articles ?? one.copies ?? one.count ?? 1 }));

function matrix(sources) {
  const pairs = sources.flatMap((one) => pairsOf(one.copied_from).map((from) => ({ who: one.source, whom: from.source, number: from.articles })));
  if (!pairs.length) return null;
  const top = (key) => {
    const sums = new Map();
    for (const pair of pairs) sums.set(pair[key], (sums.get(pair[key]) ?? 0) + pair.number);
    return [...sums].sort((a, b) => b[1] - a[1]).slice(0, IN_MATRIX).map(([name]) => name);
  };
  const [rows, columns] = [top("who"), top("whom")];
  const most = Math.max(...pairs.map((pair) => pair.number));
  const cell = (who, whom) => {
    const number = pairs.find((pair) => pair.who === who && pair.whom === whom)?.number ?? 0;
    return h("td", { "--share": number / most, title: number ? `${who} printed ${plural(number, "article")} of ${whom}` : undefined }, number || "");
  };
  return h("section", { class: "pair" }, h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Who prints whom" },
    h("h2", { class: "label-head" }, "Who prints whom"),
    h("table", { class: "matrix" }, h("caption", { class: "unseen" }, "Rows printed what columns had first"),
      h("thead", null, h("tr", null, h("td"), columns.map((name) => h("th", { scope: "col" }, h("span", null, name ?? "no source"))))),
      h("tbody", null, rows.map((who) => h("tr", null, h("th", { scope: "row" }, who ? h("a", { href: format("source", [who]) }, who) : "no source"), columns.map((whom) => cell(who, whom))))))));
}
