// One story: how it grew, outlet beside outlet, its developments in their order, and why each article is in it.

import { h, put } from "../dom.js";
import { get } from "../api.js";
import { count, lasting, plural } from "../format.js";
import { bars } from "../plots.js";
import { current, format } from "../route.js";
import { broken } from "../rows.js";
import { growth, lanes } from "./growth.js";
import { span, told } from "./stories.js";

export const title = "Story";

export async function open(main, { signal }) {
  const [name] = current().parts;
  put(main, h("h1", { class: "unseen" }, title), h("p", { class: "note" }, "Fetching the story …"));
  try {
    const story = await get(`stories/${encodeURIComponent(name ?? "")}`, {}, signal);
    document.title = `${story.title} · Copydesk`;
    put(main, drawn(story));
  } catch (problem) {
    if (problem.name !== "AbortError") put(main, broken(title, problem, () => open(main, { signal })));
  }
}

function drawn(story) {
  const { articles, outlets } = story;
  const about = `${plural(articles.length, "article")}, ${plural(outlets.length, "outlet")}${story.copies ? `, ${plural(story.copies, "copy", "copies")}` : ""}`;
  return [
    h("header", { class: "article-head" },
      h("div", { class: "kicker" }, h("a", { href: format("stories") }, "Story"), h("span", null, about), h("span", null, span(story)),
        story.counted > articles.length && h("span", null, `the newest of ${count(story.counted)}`)),
      h("h1", { dir: "auto" }, story.title),
      h("p", { class: "thread-lede whole", dir: "auto" }, story.lede, " ", h("a", { href: format("article", [story.from]) }, "from this article"))),
    h("div", { class: "thread-plots" }, growth(articles), lanes(articles)),
    h("div", { class: "columns" }, h("div", null, beside(articles, outlets), timeline(story)), h("aside", { class: "side", "aria-label": "Who and what it is about" }, names(story)))];
}

// Outlet beside outlet: how long after the first report each came in, and the headline that it came in with.
function beside(articles, outlets) {
  const begin = Date.parse(articles[0].published_at);
  const first = new Map();
  for (const one of articles) if (one.source && !first.has(one.source)) first.set(one.source, one);
  if (first.size < 2) return null;
  return h("section", { class: "thread-part" }, h("h2", { class: "label-head" }, "Outlets side by side"), h("table", { class: "table fold" },
    h("caption", { class: "unseen" }, "The first headline of each outlet"),
    h("thead", null, h("tr", null, h("th", { scope: "col" }, "Outlet"), h("th", { scope: "col" }, "First headline"), h("th", { scope: "col", class: "number" }, "After"), h("th", { scope: "col", class: "number wide" }, "Articles"))),
    h("tbody", null, [...first].map(([source, one]) => h("tr", null,
      h("td", null, h("a", { href: format("source", [source]) }, source)), h("td", { class: "main" }, headline(one)),
      h("td", { class: "number" }, one === articles[0] ? "first" : lasting(Math.max(0, (Date.parse(one.published_at) - begin) / 1000))),
      h("td", { class: "number wide" }, count(outlets.find((outlet) => outlet.source === source)?.articles)))))));
}

function timeline({ developments, articles }) {
  const byId = new Map(articles.map((one) => [one.article_id, one]));
  return h("section", { class: "thread-part" }, h("h2", { class: "label-head" }, "Developments"), h("ol", { class: "way" }, developments.map((one) => h("li", null,
    h("p", { class: "where" }, h("time", { datetime: one.published_at }, told(one.published_at)), ` · ${plural(one.articles.length, "article")}`),
    h("h3", { class: "thread-step", dir: "auto" }, one.title),
    h("ol", null, one.articles.map((name) => report(byId.get(name), byId)))))));
}

function report(one, byId) {
  return h("li", { class: "thread-report", "data-item": true }, h("p", null, h("time", { class: "when", datetime: one.published_at }, told(one.published_at)), " ", h("span", { class: "source" }, one.source ?? "no source"), " ", headline(one)), why(one, byId));
}

const headline = (one) => h("a", { "data-open": true, href: format("article", [one.article_id]), lang: one.language, dir: "auto" }, one.title || one.article_id);

// Why an article is in the story: the one that it is nearest to, and the rarest words that both have.
function why({ nearest }, byId) {
  if (!nearest) return null;
  const other = byId.get(nearest.article_id);
  const shared = [...new Set([...nearest.names, ...nearest.terms])].join(", ");
  const how = nearest.copy ? "a copy of " : `${nearest.score.toFixed(2)} like `;
  return h("p", { class: "changed" }, how, h("a", { href: format("article", [nearest.article_id]) }, other ? `“${other.title}”` : nearest.article_id), shared && `: ${shared}`);
}

const KINDS = [["people", "People", "person"], ["organisations", "Organisations", "org"], ["places", "Places", "place"]];

function names(story) {
  const listed = KINDS.filter(([key]) => story[key]?.length).map(([key, text, pencil]) => h("section", { class: "facet" }, h("h2", null, text),
    h("ul", null, story[key].map((name) => h("li", null, h("a", { class: `name ${pencil}`, href: format("entity", [name]) }, name))))));
  const quoted = story.quoted?.length ? h("section", { class: "facet" }, h("h2", null, "Quoted"), h("ul", null, story.quoted.map((one) => h("li", { class: "thread-quoted" },
    h("a", { class: "name person", href: format("entity", [one.speaker]) }, one.speaker), h("span", null, `by ${one.outlets.join(", ") || plural(one.articles.length, "article")}`))))) : null;
  const countries = story.countries?.length ? h("section", { class: "facet" }, h("h2", null, "Countries"), h("p", null, story.countries.map(country).join(", "))) : null;
  return [bars(story.outlets.map((one) => ({ label: one.source, value: one.articles, href: format("source", [one.source]) })), { caption: "Outlets" }), listed, countries, quoted];
}

function country(code) {
  try { return new Intl.DisplayNames("en", { type: "region" }).of(code) ?? code; } catch { return code; }
}
