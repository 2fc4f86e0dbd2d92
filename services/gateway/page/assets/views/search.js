// Search: the archive by words, name, source, date and verdict, a page at a time, with what else the results hold.

import { h, put } from "../dom.js";
import { get } from "../api.js";
import { facets, filterBar } from "../filters.js";
import { count, languageName, plural } from "../format.js";
import { current, forArchive, refine } from "../route.js";
import { empty, failure, ledger, waitingRows } from "../rows.js";
import { useKeys } from "../keys.js";
import { slim } from "../wire.js";

const PAGE = 50;

export const title = "Search";

export async function open(main, { signal }) {
  const { filters } = current();
  const body = h("div", { class: "list-body" }, waitingRows());
  const side = h("aside", { class: "side", "aria-label": "What the results hold" });
  const told = h("p", { class: "note", role: "status" });
  const collapse = h("label", { class: "check" }, h("input", { type: "checkbox", checked: filters.collapse === "copies",
    onchange: (event) => refine({ collapse: event.target.checked ? "copies" : undefined }) }), "One line for an article and its copies");
  put(main, h("div", { class: "columns" },
    h("section", { class: "feed" },
      h("div", { class: "view-head" }, h("h1", null, "Search"), h("div", { class: "view-actions" }, collapse)),
      filterBar({ dates: true }), told, body), side));
  useKeys({});
  const list = h("ol", { class: "rows", id: "rows", "aria-label": "Articles found, newest first" });
  const more = h("p", { class: "older" });
  const all = [];
  let counted;

  async function load(cursor) {
    try {
      const page = await get("articles", { ...forArchive(filters), limit: PAGE, cursor }, signal);
      all.push(...page.articles.map(slim));
      if (!cursor) put(side, facets(page.facets));
      if (!all.length) return put(body, empty("Nothing matches", hint(filters)));
      const at = document.activeElement === more.firstChild ? all.length - page.articles.length : -1;
      put(list, ledger(all, { where: "search", seconds: false }));
      put(more, page.next ? h("button", { type: "button", onclick: () => load(page.next) }, "More") : "That is all.");
      if (!list.isConnected) put(body, list, more);
      list.querySelectorAll("[data-open]")[at]?.focus();
      counted = page.counted ?? counted;
      put(told, summary(all.length, page.next, counted));
    } catch (problem) {
      if (problem.name !== "AbortError") put(body, failure(problem, () => { put(body, waitingRows()); load(cursor); }));
    }
  }
  await load();
}

const summary = (shown, next, counted) => (next ? `${shown} shown${counted > shown ? `, of ${count(counted)} or more` : ", and there are more"}` : plural(shown, "article"));

function hint(filters) {
  const set = Object.keys(filters).filter((name) => name !== "q" && name !== "collapse");
  if (filters.language) return `No article in ${languageName(filters.language)} fits the other filters. Take one away above.`;
  if (set.length) return "Take a filter away above, or widen the dates.";
  return filters.q ? "Fewer or shorter words find more." : "The archive is empty: what the sink stores appears here.";
}
