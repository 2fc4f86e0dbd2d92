// The filters that Live and Search share, and the facets beside a list.

import { h } from "./dom.js";
import { compact, isName, languageName, pencil, TYPE_NAMES, words } from "./format.js";
import { current, format, refine } from "./route.js";

const LABELS = { entity: "name", type: "type", link: "link", source: "source", language: "language", status: "verdict", since: "since", until: "until" };
const shown = (name, value) => (name === "language" ? languageName(value) : name === "type" ? TYPE_NAMES[value] ?? value : value);

export function filterBar({ dates = false } = {}) {
  const { filters } = current();
  const field = (name, label, more = {}) => h("label", { class: `field of-${name}` }, h("span", null, label), h("input", { name, value: filters[name] ?? "", autocomplete: "off", ...more }));
  const choice = (name, label, options) => h("label", { class: `field of-${name}` }, h("span", null, label),
    h("select", { name, onchange: (event) => event.target.form.requestSubmit() },
      h("option", { value: "" }, "any"), options.map(([value, text]) => h("option", { value, selected: filters[name] === value }, text))));
  const form = h("form", { class: "filters", role: "search", "aria-label": "Filter articles", onsubmit: submit },
    field("q", "Words", { type: "search", placeholder: "words, or press /", "data-search": true }),
    field("entity", "Name", { placeholder: "Kishida" }),
    choice("type", "Type", Object.entries(TYPE_NAMES)),
    field("source", "Source", { placeholder: "example.com" }),
    choice("status", "Verdict", [["unique", "no copies"], ["duplicate", "copies only"]]),
    dates && field("since", "From", { type: "date" }), dates && field("until", "Until", { type: "date" }),
    h("button", { class: "go" }, "Filter"),
    h("button", { type: "button", class: "more plain", "aria-expanded": "false", onclick: expand }, "More"));
  const chips = Object.entries(filters).filter(([name]) => LABELS[name]);
  return [form, h("div", { class: "chips" }, chips.map(([name, value]) => chip(name, value)),
    chips.length > 1 && h("button", { type: "button", class: "plain", onclick: () => clear() }, "clear all"))];
}

const chip = (name, value) => h("button", { type: "button", class: "chip", "aria-label": `Remove the filter ${LABELS[name]} ${value}`, onclick: () => refine({ [name]: undefined }) },
  h("span", null, LABELS[name]), shown(name, value), h("span", { "aria-hidden": "true" }, "×"));

// On a narrow screen the other fields stand behind this.
export function expand({ currentTarget: button }) {
  button.setAttribute("aria-expanded", String(button.form.classList.toggle("is-open")));
}

function submit(event) {
  event.preventDefault();
  const given = new FormData(event.target);
  refine(Object.fromEntries([...given].map(([name, value]) => [name, value.trim() || undefined])));
}

function clear() {
  const { view, filters: { q } } = current();
  location.hash = format(view, [], { q });
}

// {source: [{value, count}], …} → blocks of values with bars, each a filter that is set or taken away.
export function facets(found, wanted = ["status", "source", "language", "entity"]) {
  return wanted.filter((name) => found?.[name]?.length).map((name) => facet(name, found[name]));
}

const TITLES = { status: "Verdict", source: "Sources", language: "Languages", entity: "Names" };

export function facet(name, values, most = 12) {
  const { view, filters } = current();
  const largest = Math.max(1, ...values.map((one) => one.count));
  const line = ({ value, count, type }) => {
    const isSet = filters[name] === value;
    return h("li", null, h("a", { class: `bar ${type ? pencil(type) : ""}`, "--share": count / largest, "aria-current": isSet ? "true" : undefined,
      href: format(view, [], { ...filters, [name]: isSet ? undefined : value }) },
      h("span", { class: "label" }, name === "language" ? languageName(value) : name === "status" ? words(value) : value), h("span", { class: "number" }, compact(count))));
  };
  return h("section", { class: "facet" }, h("h2", null, TITLES[name] ?? name), h("ol", null, values.filter((one) => !one.type || isName(one.type)).slice(0, most).map(line)));
}
