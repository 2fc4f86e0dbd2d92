// One article: its head, and a tab for each way to look at it. Tabs are part of the address.

import { h, put } from "../dom.js";
import { get } from "../api.js";
import { clock, count, day, glyphOf, kindOf, languageName, published } from "../format.js";
import { current, format } from "../route.js";
import { broken, titleOf } from "../rows.js";
import { showCopies } from "./copies.js";
import { showRemoved } from "./removed.js";
import { showRevisions } from "./revisions.js";
import { showText } from "./reading.js";
import { showTrace } from "./trace.js";

export const title = "Article";

const TABS = { text: showText, removed: showRemoved, copies: showCopies, revisions: showRevisions, trace: showTrace, record: showRecord };
let last = { id: null, answer: null }; // going from tab to tab asks for nothing anew

export async function open(main, { signal }) {
  const [id, tab = "text", ...more] = current().parts;
  if (!id) throw new Error("The address names no article.");
  if (last.id !== id) put(main, h("h1", { class: "unseen" }, title), h("p", { class: "note" }, "Fetching the article …"));
  let answer;
  try {
    answer = last.id === id ? last.answer : await get(`articles/${encodeURIComponent(id)}`, {}, signal);
  } catch (problem) {
    if (problem.name === "AbortError") return;
    put(main, broken(title, problem, () => open(main, { signal })), problem.status === 404 && h("p", { class: "older" }, h("a", { href: format("article", [id, "trace"]) }, "See how far it came")));
    if (problem.status === 404 && tab === "trace") { const body = h("div"); main.append(body); await showTrace(body, { id, signal }); }
    return;
  }
  last = { id, answer };
  document.title = `${titleOf(answer.article)} · Copydesk`;
  const body = h("div", { class: "tab-body", id: "tab" });
  put(main, head(answer), tabs(id, tab, answer), body);
  await (TABS[tab] ?? showText)(body, { id, answer, more, signal });
}

function head({ article, story }) {
  const verdict = article.duplicate ?? {};
  const seen = article.ingested_at;
  return h("header", { class: "article-head" },
    h("div", { class: "kicker" },
      article.source && h("a", { href: format("source", [article.source]) }, article.source),
      article.published_at && h("span", null, "published ", h("time", { datetime: article.published_at }, published(article.published_at))),
      h("span", null, "came in ", h("time", { datetime: seen }, `${day(seen)}, ${clock(seen)}`)),
      article.language && h("span", null, languageName(article.language)),
      story && h("a", { href: format("story", [story]) }, "its story"),
      article.url && h("a", { href: article.url, rel: "noopener noreferrer nofollow", target: "_blank" }, "the page itself ↗")),
    h("h1", { lang: article.language, dir: "auto" }, titleOf(article)),
    h("div", { class: "kicker second" },
      (article.author || article.byline) && h("span", null, "by ", article.author ?? article.byline),
      article.dateline && h("span", null, [article.dateline.place, article.dateline.date && published(article.dateline.date), article.dateline.agency].filter(Boolean).join(" · ")),
      verdict.status === "duplicate" && h("a", { class: "verdict copy", href: format("article", [article.article_id, "copies"]) },
        h("span", { class: "glyph", "aria-hidden": "true" }, glyphOf(verdict.kind)), `${kindOf(verdict.kind)} an earlier article`)));
}

function tabs(id, tab, { article, copies = [], revisions = [] }) {
  const number = (value) => (value ? h("b", null, count(value)) : null);
  const one = (name, text, value) => h("a", { href: format("article", name === "text" ? [id] : [id, name]), "aria-current": name === tab ? "page" : undefined }, text, number(value));
  return h("nav", { class: "tabs", "aria-label": "Ways to look at this article" },
    one("text", "Text"), one("removed", "What was removed", article.removed?.length), one("copies", "Copies", copies.filter((copy) => copy.kind !== "shared_background").length),
    one("revisions", "Revisions", revisions.length > 1 ? revisions.length : 0), one("trace", "Trace"), one("record", "Record"));
}

function showRecord(body, { answer: { article } }) {
  put(body, h("pre", { class: "raw", tabindex: "0", "aria-label": "The record as JSON" }, JSON.stringify(article, null, 2)));
}
