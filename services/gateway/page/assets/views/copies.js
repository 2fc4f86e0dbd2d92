// Copies of an article, and what it is a copy of; one of them side by side, with the passages that both print marked.

import { h, put } from "../dom.js";
import { get } from "../api.js";
import { clock, day, percent, plural, shortDay } from "../format.js";
import { format } from "../route.js";
import { empty, failure, titleOf } from "../rows.js";
import { marked, paragraphs, placed } from "../text.js";

export async function showCopies(body, { id, answer, more, signal }) {
  const { article, copies = [] } = answer;
  if (!copies.length) return put(body, empty("No copies", "Nobody has printed this text, and it is nobody else's, as far as the index remembers."));
  const other = more[0] ?? copies[0].article_id;
  const pane = h("div", { "aria-live": "polite" }, h("p", { class: "note" }, "Fetching the other article …"));
  put(body, h("ol", { class: "copies" }, copies.map((one) => line(id, one, other))), pane);
  try {
    const found = await get(`articles/${encodeURIComponent(other)}`, {}, signal);
    sideBySide(pane, article, found.article, found.revisions ?? []);
  } catch (problem) {
    if (problem.name !== "AbortError") put(pane, failure(problem));
  }
}

function line(id, one, other) {
  const told = one.relation === "later" ? `is ${LATER[one.kind] ?? "like"} this` : `this is ${LATER[one.kind] ?? "like"} it`;
  return h("li", { "aria-current": one.article_id === other ? "true" : undefined, "data-item": true, "data-copy": one.article_id },
    h("time", { class: "when", datetime: one.ingested_at, title: `${day(one.ingested_at)}, ${clock(one.ingested_at)}` }, shortDay(one.ingested_at), " ", clock(one.ingested_at).slice(0, 5)),
    h("span", { class: "source" }, one.source ?? ""),
    h("a", { class: "headline", "data-open": true, href: format("article", [id, "copies", one.article_id]) }, titleOf({ title: one.title, body: one.article_id })),
    h("span", { class: "shares" }, `${told}, ${percent(one.containment)}`));
}

// What the later of two articles is to the earlier one.
const LATER = { exact: "the same as", near: "a close copy of", excerpt: "an excerpt of", expansion: "an expansion of", shared_background: "of the background of" };

// Which passages two articles share is a match of the later one; seen from the earlier one its two sides are exchanged.
export function shared(article, other) {
  const of = (one, node) => [...(one.duplicate?.matches ?? []), ...(one.duplicate?.background ?? [])].find((match) => match.article_id === node.article_id);
  const here = of(article, other);
  if (here) return { match: here, passages: here.passages, revision: here.revision };
  const there = of(other, article);
  const turned = (there?.passages ?? []).map((one) => ({ start: one.other_start, end: one.other_end, other_start: one.start, other_end: one.end }));
  return { match: there, passages: turned.filter((one) => one.start !== null && one.start !== undefined), isTurned: true };
}

function sideBySide(pane, article, found, revisions) {
  const { match, passages, revision, isTurned } = shared(article, found);
  const other = revisions.find((one) => one.revision === revision) ?? found;
  const light = (number, on) => pane.querySelectorAll(`[data-passage="${number}"]`).forEach((mark) => mark.classList.toggle("is-lit", on));
  const go = (number, side) => pane.querySelector(`[data-side="${side}"] [data-passage="${number}"]`)?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  const numbered = passages.map((one, number) => ({ ...one, number }));
  const there = numbered.map((one) => ({ number: one.number, start: one.other_start, end: one.other_end })).filter((one) => one.start !== null && one.start !== undefined);
  const told = match && `${plural(passages.length, "shared passage")}; ${percent(isTurned ? match.containment_of_other : match.containment)} of this text, ${percent(isTurned ? match.containment : match.containment_of_other)} of the other.`;
  const side = (one, spans, name) => h("section", null, h("div", { class: "kicker" }, h("span", null, one.source ?? "no source"), h("a", { href: format("article", [one.article_id]) }, "open")),
    h("h2", { dir: "auto" }, titleOf(one)),
    h("div", { class: "pane text", "data-side": name, tabindex: "0", role: "region", "aria-label": `Text: ${name}`, lang: one.language, dir: "auto" }, passagesOf(one.body ?? "", spans, { light, go, opposite: name === "this" ? "other" : "this" })));
  put(pane, h("p", { class: "legend" }, told ?? "The records do not say which passages they share."), h("div", { class: "side-by-side" }, side(article, numbered, "this"), side(other, there, "other")));
}

function passagesOf(body, spans, { light, go, opposite }) {
  const layer = { spans: placed(spans, body), wrap: (span, inside, piece) => h("mark", {
    class: "passage", "data-passage": span.number, "data-start": span.start, onmouseenter: () => light(span.number, true), onmouseleave: () => light(span.number, false), onclick: () => go(span.number, opposite) },
  piece.from === span.from ? h("span", { class: "passage-number", "aria-hidden": "true" }, span.number + 1) : null, inside) };
  return paragraphs(body).map(({ from, to }) => h("p", null, marked(body, from, to, [layer])));
}
