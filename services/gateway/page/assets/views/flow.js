// Flow: the pipeline as it runs. Every two seconds its rates, lag, replicas, what waits longest, and what was rejected.

import { h, put } from "../dom.js";
import { get } from "../api.js";
import { compact, count, lasting, words } from "../format.js";
import { lastHour, spark, timeBars } from "../plots.js";
import { failure } from "../rows.js";
import { drawFlow } from "./drawing.js";

const ALWAYS = ["cleaner", "deduplicator", "index", "tagger", "sink"]; // the others run where they are asked for
const EVERY_MS = 2_000, KEPT = 150; // five minutes of readings

export const title = "Flow";
const history = new Map(); // service → [{lag, rate}], kept between visits

export function open(main, { signal }) {
  const figures = h("div", { class: "big" }), drawing = h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "The pipeline" });
  const minutes = h("div"), table = h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Services" }), trouble = h("div", { role: "status" });
  put(main, h("div", { class: "view-head" }, h("h1", null, "Flow"), h("span", { class: "said" }, "the pipeline now, read every two seconds")), trouble, figures, drawing, h("div", { class: "pair" }, minutes), table);
  let timer;
  async function read() {
    try {
      const stats = await get("stats", {}, signal);
      stats.services = (stats.services ?? []).filter((one) => one.replicas || ALWAYS.includes(one.name));
      remember(stats.services);
      put(trouble);
      put(figures, totals(stats));
      put(drawing, drawFlow(stats.services));
      put(minutes, timeBars(lastHour(stats.per_minute ?? []), { label: "Articles a minute, the last hour", height: 64 }));
      put(table, readings(stats.services));
    } catch (problem) {
      if (signal.aborted) return;
      put(trouble, drawing.firstChild ? h("p", { class: "note" }, `${problem.title}. What is drawn is older. ${problem.remedy ?? ""}`) : failure(problem));
    }
    if (!signal.aborted) timer = setTimeout(read, document.hidden ? EVERY_MS * 5 : EVERY_MS);
  }
  signal.addEventListener("abort", () => clearTimeout(timer));
  return read();
}

function remember(services) {
  for (const { name, lag, rate } of services) {
    const kept = history.get(name) ?? [];
    kept.push({ lag: lag ?? 0, rate: rate ?? 0 });
    history.set(name, kept.slice(-KEPT));
  }
}

function totals({ counts = {}, services = [] }) {
  const waiting = services.reduce((sum, one) => sum + (one.lag ?? 0), 0);
  const oldest = Math.max(0, ...services.map((one) => one.oldest_s ?? 0));
  const told = (number) => (number === undefined ? "–" : compact(number));
  return [["articles", told(counts.articles)], ["copies among them", told(counts.copies)], ["dead letters", told(counts.deadletters)], ["on their way", compact(waiting)], ["the oldest waits", lasting(oldest)], ["from the door to here", lasting(services.find((one) => one.latency_s != null)?.latency_s)]]
    .map(([label, value]) => h("div", null, h("b", null, value), h("span", null, label)));
}

function readings(services) {
  const head = ["Service", "Replicas", "Lag", "", "Records a second", "", "Oldest", "Rejected"];
  return h("table", { class: "table readings" }, h("caption", { class: "unseen" }, "Readings of the services, with the last five minutes"),
    h("thead", null, h("tr", null, head.map((text, at) => h("th", { scope: "col", class: [1, 2, 4, 6].includes(at) ? "number" : "" }, text || h("span", { class: "unseen" }, `${head[at - 1]}, the last five minutes`))))),
    h("tbody", null, services.map((one) => {
      const kept = history.get(one.name) ?? [];
      return h("tr", null, h("td", { class: "main" }, one.name), h("td", { class: "number" }, one.replicas === null || one.replicas === undefined ? "–" : count(one.replicas)), h("td", { class: "number" }, count(one.lag)),
        h("td", null, spark(kept.map((at) => at.lag), { label: `Lag of ${one.name}` })), h("td", { class: "number" }, (one.rate ?? 0).toFixed(1)),
        h("td", null, spark(kept.map((at) => at.rate), { label: `Rate of ${one.name}` })), h("td", { class: "number" }, lasting(one.oldest_s)),
        h("td", null, Object.entries(one.rejected ?? {}).map(([reason, number]) => `${words(reason)} ${count(number)}`).join(", ")));
    })));
}
