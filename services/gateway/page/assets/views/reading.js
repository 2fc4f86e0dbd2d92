// The text as a reader has it: names and quotations marked where the record says they are, and an index of both beside it.

import { h, put } from "../dom.js";
import { count, isName, pencil, TYPE_NAMES, words } from "../format.js";
import { format } from "../route.js";
import { empty } from "../rows.js";
import { marked, paragraphs, placed } from "../text.js";

export function showText(body, { answer: { article } }) {
  if (!article.body) return put(body, empty("No text", "The archive holds no text of this article."));
  const text = h("div", { class: "text", lang: article.language, dir: "auto" });
  const light = (number, on) => text.querySelectorAll(`[data-entity="${number}"]`).forEach((mark) => mark.classList.toggle("is-lit", on));
  put(text, paragraphs(article.body).map(({ from, to }) => h("p", null, marked(article.body, from, to, layers(article)))));
  put(body, h("div", { class: "reading" }, h("article", { "aria-label": "Text" }, text), index(article, text, light)));
}

export function layers({ body, entities, quotes }) {
  const mentions = (entities ?? []).flatMap((entity, number) => entity.mentions.map((mention) => ({ ...mention, entity, number })));
  return [
    { spans: placed(quotes ?? [], body), wrap: (quote, inside, piece) => h("q", { class: "quote", "data-start": quote.start, title: quote.speaker ? `says ${quote.speaker}` : undefined },
      inside, quote.speaker && piece.to === quote.to ? h("sup", { class: "speaker" }, h("span", { class: "unseen" }, "said by "), quote.speaker) : null) },
    { spans: placed(mentions, body), wrap: ({ entity, number, start, end }, inside) =>
      h("mark", { class: `name ${pencil(entity.type)}`, "data-entity": number, "data-start": start, "data-end": end, title: `${TYPE_NAMES[entity.type] ?? entity.type}: ${entity.canonical}` }, inside) },
  ];
}

function index(article, text, light) {
  const groups = new Map();
  (article.entities ?? []).forEach((entity, number) => groups.set(entity.type, [...(groups.get(entity.type) ?? []), { entity, number }]));
  const order = Object.keys(TYPE_NAMES).filter((type) => groups.has(type)).sort((a, b) => isName(b) - isName(a));
  return h("aside", { class: "index", "aria-label": "Names, quotations and facts" },
    article.entities ? null : h("section", null, h("h2", null, "Names"), h("p", null, notRun(article.tagging))),
    order.map((type) => h("section", null, h("h2", null, TYPE_NAMES[type] ?? type), h("ul", null, groups.get(type).map(({ entity, number }) => name(entity, number, text, light))))),
    article.quotes?.length ? h("section", { class: "speech" }, h("h2", null, "Quotations"), h("ul", null, article.quotes.map(quotation))) : null,
    article.captions?.length ? h("section", { class: "speech" }, h("h2", null, "Captions"), h("ul", null, article.captions.map((one) => h("li", null, one.text, one.credit && h("cite", null, ` ${one.credit}`))))) : null,
    h("section", null, h("h2", null, "How it was made"), facts(article)));
}

function name(entity, number, text, light) {
  const go = () => text.querySelector(`[data-entity="${number}"]`)?.scrollIntoView({ block: "center", behavior: "smooth" });
  return h("li", { onmouseenter: () => light(number, true), onmouseleave: () => light(number, false) },
    h("a", { class: `name ${pencil(entity.type)}`, href: format("entity", [entity.link?.id ?? entity.canonical]) }, entity.canonical),
    h("button", { type: "button", class: "plain count", onclick: go, "aria-label": `First of ${count(entity.count)} mentions of ${entity.canonical}` }, `×${count(entity.count)}`),
    entity.link && h("span", { class: "link", title: `${entity.link.id}, ${words(entity.link.method)}` }, entity.link.id));
}

const quotation = (quote) => h("li", null, h("blockquote", null, `“${quote.text}”`), h("cite", null, quote.speaker ? `— ${quote.speaker}` : "speaker not certain"));

const notRun = (tagging) => (tagging?.not_run ? `Not looked for: ${words(tagging.not_run)}. ${tagging.remedy ?? ""}` : "Not looked for.");

function facts(article) {
  const lines = [
    ["model", article.tagging?.model], ["cleaner", article.versions?.cleaner], ["title from", article.origins?.title], ["date from", article.origins?.published_at],
    ["section", article.metadata?.section], ["site", article.metadata?.site_name], ["revision", article.revision?.slice(0, 12)], ["id", article.article_id],
  ];
  return h("dl", { class: "facts" }, lines.filter(([, value]) => value).map(([label, value]) => [h("dt", null, label), h("dd", null, String(value))]));
}
