// Live: articles as they arrive. Filters are in the address; pausing, or reading further down, holds what comes and counts it.

import { announce, h, put } from "../dom.js";
import { get } from "../api.js";
import { facet, filterBar } from "../filters.js";
import { count, day, plural } from "../format.js";
import { lastHour, timeBars } from "../plots.js";
import { current, format } from "../route.js";
import { empty, failure, ledger, row, waitingRows } from "../rows.js";
import { useKeys } from "../keys.js";
import { wire } from "../wire.js";

const MOST = 200; // rows in the document; what is older is a search away
const SIDE_MS = 2_000, MINUTES_MS = 20_000, READING_PX = 80, ANNOUNCE_MS = 10_000;

export const title = "Live";

export function open(main, { signal }) {
  const { filters } = current();
  const list = h("ol", { class: "rows", id: "rows", "aria-label": "Articles, newest first" });
  const fresh = h("button", { type: "button", class: "fresh", hidden: true, onclick: () => show() });
  const pause = h("button", { type: "button", class: "pause", "aria-pressed": "false", onclick: () => wire.pause(!wire.paused) });
  const note = h("p", { class: "note", role: "status" });
  const strip = h("div", { class: "strip" });
  const side = h("aside", { class: "side", "aria-label": "What is on the wire" });
  const body = h("div", { class: "list-body" }, waitingRows());
  put(main, h("div", { class: "columns" },
    h("section", { class: "feed" },
      h("div", { class: "view-head" }, h("h1", null, "Live"), strip, h("div", { class: "view-actions" }, pause)),
      filterBar(), note, h("div", { class: "fresh-line" }, fresh), body), side));

  const show = () => { scrollTo({ top: 0 }); document.activeElement?.blur?.(); wire.reading = false; wire.paused ? wire.pause(false) : wire.release(); };
  const on = (name, act) => wire.addEventListener(name, act, { signal });

  function reset() {
    if (wire.shown.length) put(body, (put(list, ledger(wire.shown.slice(0, MOST))), list), older());
    else if (wire.problem && wire.loaded) put(body, failure(wire.problem, () => { const again = wire.filters; wire.filters = null; wire.follow(again); }));
    else if (wire.loaded) put(body, empty("Nothing on the wire yet", "Articles appear here the moment they are tagged. Feed some: ", h("code", null, "copydesk produce seeds")));
    drawSide();
  }

  const older = () => h("p", { class: "older" }, h("a", { href: format("search", [], current().filters) }, "Older articles are in Search"));

  function insert(records) {
    if (!list.isConnected) return reset();
    for (const one of records) {
      list.querySelector(`[data-id="${CSS.escape(one.article_id)}"]`)?.remove();
      const today = day(one.ingested_at);
      let head = list.querySelector(".day");
      if (head?.dataset.day !== today) list.prepend(head = h("li", { class: "day", "data-day": today }, h("h2", null, today)));
      const item = row(one);
      item.classList.add("arrived");
      head.after(item);
    }
    for (const item of [...list.children].slice(MOST)) item.remove();
  }

  let told = 0, since = 0;
  function say(number) { // a screen reader hears of arrivals now and then, not of each
    told += number;
    if (Date.now() - since < ANNOUNCE_MS) return;
    announce(`${plural(told, "new article")}`);
    told = 0; since = Date.now();
  }

  function drawWaiting() {
    const number = wire.waiting.length;
    fresh.hidden = number === 0;
    put(fresh, `↑ ${count(number)}${wire.isFull ? "+" : ""} new`);
    document.title = number ? `(${number}) Live · Copydesk` : "Live · Copydesk";
  }

  function drawState() {
    put(pause, wire.paused ? "▶ Go on" : "❙❙ Pause");
    pause.setAttribute("aria-pressed", String(wire.paused));
    put(note, wire.state === "lost" ? `The connection is lost${wire.problem?.title ? ` (${wire.problem.title})` : ""}. It is tried again, and goes on where it was.` : "");
  }

  const drawSide = () => put(side, sideOf(wire.shown));

  on("reset", reset);
  on("shown", (event) => { insert(event.detail); say(event.detail.length); });
  on("changed", (event) => list.querySelector(`[data-id="${CSS.escape(event.detail.article_id)}"]`)?.replaceWith(row(event.detail)));
  on("waiting", drawWaiting);
  on("state", drawState);
  on("notice", (event) => { note.textContent = event.detail?.detail ?? event.detail?.title ?? ""; });
  const reading = () => signal.aborted || wire.read(scrollY > READING_PX || list.contains(document.activeElement));
  addEventListener("scroll", reading, { signal, passive: true });
  list.addEventListener("focusin", reading);
  list.addEventListener("focusout", () => setTimeout(reading));
  useKeys({ p: () => wire.pause(!wire.paused), n: show, ".": show });

  const minutes = () => get("stats", {}, signal).then(({ per_minute: points }) => put(strip, timeBars(lastHour(points ?? []), { label: "Articles a minute", height: 30 })), () => {});
  const timers = [setInterval(drawSide, SIDE_MS), setInterval(minutes, MINUTES_MS)];
  signal.addEventListener("abort", () => { timers.forEach(clearInterval); wire.read(true); });
  wire.reading = false;
  const isNew = wire.follow(filters);
  if (!wire.paused) wire.release();
  if (wire.loaded && !isNew) reset();
  drawWaiting(); drawState(); minutes();
}

// Who and what is in the articles that are shown.
function sideOf(records) {
  const names = new Map(), sources = new Map();
  const add = (counts, key, more) => counts.set(key, { value: key, count: (counts.get(key)?.count ?? 0) + 1, ...more });
  for (const one of records) {
    if (one.source) add(sources, one.source, {});
    for (const { canonical, type } of one.names) add(names, canonical, { type });
  }
  const top = (counts, most) => [...counts.values()].sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, most);
  if (!records.length) return [];
  return [facet("entity", top(names, 14), 14), facet("source", top(sources, 8)),
    h("p", { class: "aside-note" }, `of the ${plural(records.length, "article")} held here`)];
}
