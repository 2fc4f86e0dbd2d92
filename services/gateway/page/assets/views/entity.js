// One entity: over time, with whom, in which sources, and the newest articles that name it.

import { h, put } from "../dom.js";
import { get } from "../api.js";
import { count, isName, pencil, typeName } from "../format.js";
import { bars, dayBars } from "../plots.js";
import { current, format } from "../route.js";
import { broken, ledger } from "../rows.js";
import { slim } from "../wire.js";

export const title = "Entity";

export async function open(main, { signal }) {
  const [name] = current().parts;
  try {
    const found = await get(`entities/${encodeURIComponent(name ?? "")}`, {}, signal);
    document.title = `${found.entity.name} · Copydesk`;
    put(main, drawn(found));
  } catch (problem) {
    if (problem.name !== "AbortError") put(main, broken(title, problem, () => open(main, { signal })));
  }
}

function drawn({ entity, counts = [], with: others = [], sources = [], articles = [] }) {
  const filter = entity.link ? { link: entity.link } : { entity: entity.name };
  return [
    h("header", { class: "article-head" },
      h("div", { class: "kicker" }, h("span", { class: pencil(entity.type) }, h("span", { class: "type-dot" }), typeName(entity.type)), entity.link && h("code", null, entity.link)),
      h("h1", null, entity.name),
      h("div", { class: "kicker" }, h("span", null, `${count(entity.articles)} articles, ${count(entity.mentions)} mentions`),
        h("a", { href: format("search", [], filter) }, "all of them in Search"), h("a", { href: format("live", [], { entity: entity.name }) }, "follow in Live"))),
    h("div", { class: "pair" }, h("div", null, dayBars(counts, "Articles a day"))),
    h("div", { class: "pair" },
      bars(others.filter((one) => isName(one.type)).slice(0, 14).map((one) => ({ label: one.name, value: one.articles, href: format("entity", [one.link || one.name]), kind: pencil(one.type) })), { caption: "Named together with" }),
      bars(sources.slice(0, 14).map((one) => ({ label: one.source ?? "no source", value: one.articles, href: one.source && format("source", [one.source]) })), { caption: "In these sources" })),
    h("ol", { class: "rows", "aria-label": "Newest articles" }, ledger(articles.map(slim), { where: "search", seconds: false })),
  ];
}
