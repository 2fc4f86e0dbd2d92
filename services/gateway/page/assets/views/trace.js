// How far an article came: every record of it on the topics, and where it ended or waits.

import { h, put } from "../dom.js";
import { get } from "../api.js";
import { clock, count, day, words } from "../format.js";
import { empty, failure } from "../rows.js";

export async function showTrace(body, { id, signal }) {
  put(body, h("p", { class: "note", role: "status" }, "Reading the topics …"));
  try {
    const trace = await get(`articles/${encodeURIComponent(id)}/trace`, {}, signal);
    if (!trace.steps?.length) return put(body, empty("No record of it", `The topics hold none since ${day(trace.since) || "they begin"}: Kafka forgets what is older than its retention.`));
    put(body, h("ol", { class: "way" }, trace.steps.map(step), (trace.ends ?? []).map(end)),
      (trace.contents ?? []).map((one, place, all) => fetched(one, place === all.length - 1 && id)));
  } catch (problem) {
    if (problem.name !== "AbortError") put(body, failure(problem, () => showTrace(body, { id, signal })));
  }
}

const step = (one) => h("li", null,
  h("h2", null, one.by, one.version && h("span", { class: "where" }, `  ${one.version}`)),
  h("p", { class: "where" }, `${day(one.time)}, ${clock(one.time)} · ${one.topic} ${one.partition}:${one.offset}`),
  [["added", one.added], ["changed", one.changed], ["took away", one.removed]].filter(([, names]) => names?.length).map(([label, names]) => h("p", { class: "changed" }, `${label} ${names.join(", ")}`)),
  one.about?.reason && h("p", { class: "changed" }, `${words(one.about.reason)}: ${one.about.detail ?? ""}`));

// What it was made of: the last one is what the address of the article gives.
const fetched = ({ at, length }, id) => h("p", { class: "where" }, !at ? `What was fetched, ${count(length)} bytes, is no longer on articles.raw.`
  : [id ? h("a", { href: `articles/${encodeURIComponent(id)}/content`, download: true }, "What was fetched") : "What was fetched", ` · ${count(length)} bytes · ${at}`]);

const STATES = { done: "dealt with it", waiting: "has not come to it yet", dead_letter: "put it aside", retracted: "leaves it out", lost_sight_of: "has passed it, and what it wrote was not found" };

const end = (one) => h("li", { class: `end ${one.state}` }, h("h2", null, `${one.service} ${STATES[one.state] ?? words(one.state)}`),
  one.behind ? h("p", { class: "changed" }, `${count(one.behind)} records are before it`) : null,
  one.reason && h("p", { class: "changed" }, `${words(one.reason)}: ${one.detail ?? ""}`));
