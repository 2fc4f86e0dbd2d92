// Feeds: what is followed, when it was last looked into and is due, what is wrong with it; added, paused and ended by who may.

import { announce, h, put } from "../dom.js";
import { get, post, remove } from "../api.js";
import { expand } from "../filters.js";
import { clock, count, plural, shortDay } from "../format.js";
import { empty, failure } from "../rows.js";

const EVERY_MS = 5_000;
const STANDING = ["succeeded_at", "due_at", "items", "found", "failures", "error"]; // how it stands; the rest is what was said of it

export const title = "Feeds";

export async function open(main, { signal, session }) {
  const mayChange = (await session).scopes.includes("admin");
  const said = h("span", { class: "said" }), body = h("div", { class: "list-body" }), told = h("p", { class: "note", role: "status" });
  const change = async (what, work) => {
    try {
      await work();
      put(told, what);
      announce(what);
      await read();
      return true;
    } catch (problem) {
      put(told, `${problem.title}. ${problem.detail ?? ""} ${problem.remedy ?? ""}`);
      return false;
    }
  };
  put(main, h("div", { class: "view-head" }, h("h1", null, "Feeds"), said),
    mayChange ? form(change) : h("p", { class: "note" }, "You may read these. To change what is followed takes a key with the scope “admin”."), told, body);
  let timer, before = "";
  async function read() {
    clearTimeout(timer);
    try {
      const { feeds } = await get("feeds", {}, signal);
      const now = JSON.stringify(feeds);
      if (now !== before) draw(feeds);
      before = now;
    } catch (problem) {
      if (signal.aborted) return;
      before = "";
      put(body, failure(problem, read));
    }
    if (!signal.aborted) timer = setTimeout(read, document.hidden ? EVERY_MS * 5 : EVERY_MS);
  }
  function draw(feeds) {
    const failing = feeds.filter((one) => one.error && !one.paused).length;
    put(said, feeds.length ? [`${plural(feeds.length, "source")} of articles`, failing ? h("b", { class: "failing" }, `, ${failing} failing`) : ", all well"] : "");
    const kept = body.contains(document.activeElement) ? [document.activeElement.dataset.does, document.activeElement.dataset.url] : null;
    put(body, feeds.length ? table(feeds, mayChange && change)
      : empty("Nothing is followed", "Add the address of a feed or a sitemap; ", h("code", null, "copydesk feeds discover https://example.org"), " finds those of a site."));
    if (kept) [...body.querySelectorAll("[data-does]")].find((one) => one.dataset.does === kept[0] && one.dataset.url === kept[1])?.focus();
  }
  signal.addEventListener("abort", () => clearTimeout(timer));
  await read();
}

function form(change) {
  const field = (name, text, more) => h("label", { class: `field of-${name}` }, h("span", null, text), h("input", { name, autocomplete: "off", ...more }));
  return h("form", { class: "filters feed-form", "aria-label": "Follow a feed", onsubmit: async (event) => {
    event.preventDefault();
    const form = event.target, given = Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()).map(([name, value]) => [name, value.trim()]));
    if (await change(`${given.url} is followed`, () => post("feeds", JSON.stringify(given)))) form.reset();
  } },
  field("q", "Feed, sitemap or news sitemap", { name: "url", type: "url", required: true, placeholder: "https://example.org/feed.xml", "data-search": true }),
  field("source", "Source of its articles", { placeholder: "their host" }),
  h("label", { class: "field" }, h("span", null, "Its items"), h("select", { name: "content" }, h("option", { value: "fetch" }, "are fetched"), h("option", { value: "feed" }, "hold whole articles"))),
  h("button", { class: "go" }, "Follow"), h("button", { type: "button", class: "more plain", "aria-expanded": "false", onclick: expand }, "More"));
}

const moment = (time, none) => (time ? h("time", { datetime: time, title: time }, `${shortDay(time).replace(/ \d{4}$/, "")} ${clock(time)}`) : none);

function table(feeds, change) {
  const head = [["Feed"], ["Last success", "wide"], ["Next look", "wide"], ["Items", "number wide"], ["Found", "number"], ["", "number"]];
  return h("table", { class: "table fold feeds" }, h("caption", { class: "unseen" }, "Feeds and sitemaps that are followed"),
    h("thead", null, h("tr", null, head.map(([text, kind]) => h("th", { scope: "col", class: kind }, text || h("span", { class: "unseen" }, "Change"))))),
    h("tbody", null, feeds.map((one) => h("tr", { "data-item": true, class: one.paused ? "is-paused" : "" },
      h("td", { class: "main" }, h("a", { href: one.url, "data-open": true, rel: "noreferrer noopener", target: "_blank" }, one.url.replace(/^https?:\/\//, "")),
        h("p", { class: "about" }, [one.title, one.source, one.content === "feed" ? "whole articles" : null].filter(Boolean).join(" · ")),
        one.error && h("p", { class: "wrong" }, one.failures > 1 ? `${one.error}, ${count(one.failures)} times in a row` : one.error)),
      h("td", { class: "wide" }, moment(one.succeeded_at, "never")), h("td", { class: "wide" }, one.paused ? "paused" : moment(one.due_at, "at once")),
      h("td", { class: "number wide" }, count(one.items)), h("td", { class: "number" }, count(one.found)),
      h("td", { class: "number" }, change && actions(one, change))))));
}

function actions(one, change) {
  const { url } = one;
  const given = { ...Object.fromEntries(Object.entries(one).filter(([name]) => !STANDING.includes(name))), paused: !one.paused };
  const paused = one.paused ? "Go on" : "Pause";
  const act = (text, does, work) => h("button", { type: "button", class: "plain", "data-does": does, "data-url": url, "aria-label": `${text}: ${url}`, onclick: work }, text);
  return [act(paused, "pause", () => change(one.paused ? `${url} is looked into again` : `${url} is kept, and not looked into`, () => post("feeds", JSON.stringify(given)))),
    act("End", "end", (event) => { // asked twice: what is remembered of it goes with it
      if (event.target.dataset.sure) return change(`${url} is followed no longer`, () => remove(`feeds/${encodeURIComponent(url)}`));
      event.target.dataset.sure = "true";
      put(event.target, "End it?");
    })];
}
