// The frame: which view the address names, the way between views, dark and light, and how the wire is.

import { byId, h, put } from "./dom.js";
import { get } from "./api.js";
import { current, format } from "./route.js";
import { showHelp } from "./help.js";
import { useKeys } from "./keys.js";
import { broken } from "./rows.js";
import { wire } from "./wire.js";
import * as live from "./views/live.js";

const VIEWS = {
  live: async () => live, search: () => import("./views/search.js"), article: () => import("./views/article.js"),
  entities: () => import("./views/entities.js"), entity: () => import("./views/entity.js"), sources: () => import("./views/sources.js"),
  stories: () => import("./views/stories.js"), story: () => import("./views/story.js"), source: () => import("./views/source.js"), flow: () => import("./views/flow.js"), deadletters: () => import("./views/letters.js"),
  feeds: () => import("./views/feeds.js"),
};
const NAV = [["live", "Live"], ["search", "Search"], ["stories", "Stories"], ["entities", "Entities"], ["sources", "Sources"], ["flow", "Flow"], ["deadletters", "Dead letters"]];
const UNDER = { story: "stories", entity: "entities", source: "sources" };

const askSession = () => get("session").catch(() => ({ scopes: [], services: [], version: "" }));
let session = askSession();
let hasFeeds = false;

let opened = null;

async function route() {
  const { view, filters } = current();
  const name = VIEWS[view] ? view : "live";
  opened?.abort();
  const control = opened = new AbortController();
  drawNav(UNDER[name] ?? name, filters);
  const main = byId("main");
  main.setAttribute("aria-busy", "true");
  try {
    const module = await VIEWS[name]();
    if (control.signal.aborted) return;
    document.title = `${module.title} · Copydesk`;
    main.className = `view-${name}`;
    useKeys({});
    scrollTo({ top: 0 });
    await module.open(main, { signal: control.signal, session });
  } catch (problem) {
    if (!control.signal.aborted) put(main, broken("Copydesk", problem, route));
  }
  if (!control.signal.aborted) main.removeAttribute("aria-busy");
}

function drawNav(open, filters) {
  const shared = ["live", "search"];
  const views = hasFeeds || open === "feeds" ? [...NAV, ["feeds", "Feeds"]] : NAV;
  put(byId("nav"), views.map(([name, text]) => h("a", { href: format(name, [], shared.includes(name) ? filters : {}), "aria-current": name === open ? "page" : undefined }, text)));
  if (open !== "live") byId("nav").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" }); // on a phone not all of them fit
}

const recent = []; // times of arrivals within the last minute
const STATES = { open: "live", lost: "reconnecting", full: "holding" };

function drawState() {
  const now = Date.now();
  while (recent.length && now - recent[0] > 60_000) recent.shift();
  const state = byId("state");
  state.dataset.state = wire.paused ? "paused" : wire.state;
  const told = wire.paused ? "paused" : STATES[wire.state];
  if (wire.state === "closed") return put(state);
  put(state, h("i", { "aria-hidden": "true" }), h("span", null, told), wire.state === "open" && h("b", null, `${recent.length}/min`));
}

wire.addEventListener("arrived", (event) => { recent.push(...event.detail.map(() => Date.now())); drawState(); });
wire.addEventListener("state", drawState);
setInterval(drawState, 2_000);

byId("help").addEventListener("click", showHelp);
byId("skip").addEventListener("click", (event) => { event.preventDefault(); byId("main").focus(); });
byId("theme").addEventListener("click", () => {
  const isDark = getComputedStyle(document.documentElement).colorScheme === "dark"
    || (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = isDark ? "light" : "dark";
  try { localStorage.setItem("copydesk-theme", document.documentElement.dataset.theme); } catch { /* for this visit only */ }
});

// Feeds stand in the way between views where any are followed, or the feeder runs.
function learn() {
  session.then(({ feeds }) => {
    if (hasFeeds === Boolean(feeds)) return;
    hasFeeds = Boolean(feeds);
    const { view, filters } = current();
    drawNav(UNDER[view] ?? (VIEWS[view] ? view : "live"), filters);
  });
}

addEventListener("hashchange", route);
addEventListener("keytaken", () => { session = askSession(); learn(); route(); });
drawState();
route();
learn();
