// Dead letters: what could not be processed, with its original; read, filtered, and sent again by who may.

import { announce, h, put } from "../dom.js";
import { get, post } from "../api.js";
import { clock, shortDay, words } from "../format.js";
import { current, format } from "../route.js";
import { empty } from "../rows.js";
import { pages, tableFilters } from "./tables.js";

export const title = "Dead letters";

export async function open(main, { signal, session }) {
  const { filters: { q }, rest: { stage, reason } } = current();
  const { scopes, services } = await session;
  const mayReplay = scopes.includes("admin");
  const body = h("div", { class: "list-body" });
  const stages = (services.length ? services : ["cleaner", "deduplicator", "tagger", "sink"]).map((name) => [name, name]);
  put(main, h("div", { class: "view-head" }, h("h1", null, "Dead letters"), h("span", { class: "said" }, "what could not be processed, with its original bytes")),
    tableFilters("Filter dead letters", [["q", "Words", { type: "search", placeholder: "in the detail, or press /", "data-search": true }], ["stage", "Stage", stages], ["reason", "Reason", { placeholder: "no_article" }]]),
    mayReplay ? null : h("p", { class: "note" }, "You may read these. To send one again takes a key with the scope “admin”."), body);
  const isFiltered = q || stage || reason;
  await pages(body, { path: "deadletters", parameters: { q, stage, reason }, name: "deadletters", signal,
    none: () => (isFiltered ? empty("None like that", "Take a filter away above.") : empty("No dead letters", "All that came in was processed.")),
    draw: (items, place) => place.append(...items.map((one) => letter(one, mayReplay))) });
}

function letter(one, mayReplay) {
  const settled = h("span", { class: "settled" }, one.settled ?? "");
  const summary = h("summary", { "data-open": true },
    h("time", { class: "when", datetime: one.time, title: one.time }, `${shortDay(one.time).replace(/ \d{4}$/, "")} ${clock(one.time)}`), h("span", null, one.stage), h("span", { class: "reason" }, words(one.reason)), h("span", { class: "detail" }, one.detail ?? ""), settled);
  const inside = h("div", { class: "inside" });
  const details = h("details", { class: "letter", "data-item": true, "data-letter": one.id }, summary, inside);
  details.addEventListener("toggle", () => { if (details.open && !inside.firstChild) put(inside, contents(one, mayReplay, settled)); });
  return details;
}

function contents(one, mayReplay, settled) {
  return [
    h("dl", { class: "facts" }, [["where", `${one.topic} ${one.partition}:${one.offset}`], ["article", one.article_id], ["parts", one.parts > 1 ? `${one.part} of ${one.parts}` : null]]
      .filter(([, value]) => value).map(([label, value]) => [h("dt", null, label), h("dd", null, label === "article" ? h("a", { href: format("article", [value, "trace"]) }, value) : value)])),
    original(one),
    one.traceback && h("pre", { tabindex: "0", "aria-label": "The traceback" }, one.traceback),
    h("div", { class: "actions" }, replay(one, mayReplay, settled)),
  ];
}

function replay(one, mayReplay, settled) {
  const told = h("span", { role: "status" });
  const button = h("button", { type: "button", disabled: !mayReplay || undefined, onclick: async () => {
    button.disabled = true;
    try {
      await post(`deadletters/${encodeURIComponent(one.id)}/replay`);
      put(told, `Back on ${one.topic}. If its cause is mended, it goes through now.`);
      put(settled, "replayed");
      announce("Replayed");
    } catch (problem) {
      put(told, `${problem.title}. ${problem.detail ?? ""} ${problem.remedy ?? ""}`);
      button.disabled = false;
    }
  } }, "Send it again");
  return [button, told];
}

// Asked for when a letter is opened: originals may be large.
function original(one) {
  const place = h("pre", { tabindex: "0", "aria-label": "The original" }, "Fetching the original …");
  get(`deadletters/${encodeURIComponent(one.id)}`).then((whole) => put(place, readable(whole.original)), (problem) => put(place, `${problem.title}. ${problem.detail} ${problem.remedy}`));
  return place;
}

// The original as text where it is text: base64 → UTF-8, JSON set out in lines.
function readable(original) {
  let bytes;
  try { bytes = Uint8Array.from(atob(original), (character) => character.charCodeAt(0)); } catch { return original; }
  const text = new TextDecoder().decode(bytes);
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}
