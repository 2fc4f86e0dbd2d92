// The keyboard: single keys, and g followed by a letter. Never while somebody types into a field or a dialog is open.

import { byId } from "./dom.js";
import { format, current } from "./route.js";
import { showHelp } from "./help.js";

const PLACES = { l: "live", s: "search", y: "stories", e: "entities", o: "sources", f: "flow", d: "deadletters", w: "feeds" };
const CHORD_MS = 1_200;
let chord = 0;
let local = {}; // keys of the view that is open: {p: () => …}

export const useKeys = (keys) => { local = keys; };

const items = () => [...document.querySelectorAll("[data-item]")].filter((item) => item.offsetParent !== null);

// What is focused within an item: its first link or button.
const handle = (item) => item.querySelector("[data-open]") ?? item;

function step(by) {
  const all = items();
  const at = all.findIndex((item) => item.contains(document.activeElement));
  const next = all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))];
  if (!next) return;
  handle(next).focus();
  next.scrollIntoView({ block: "nearest" });
}

function search() {
  const field = document.querySelector("input[data-search]");
  if (field) { field.focus(); field.select(); } else location.hash = format("search", [], current().filters);
}

function tab(by) {
  const tabs = [...document.querySelectorAll(".tabs a")];
  const at = tabs.findIndex((one) => one.getAttribute("aria-current"));
  tabs[(at + by + tabs.length) % tabs.length]?.click();
}

const COMMON = {
  j: () => step(1), k: () => step(-1),
  o: () => document.activeElement?.closest?.("[data-item]")?.querySelector("[data-open]")?.click(),
  "/": search, "?": showHelp, u: () => history.back(), "]": () => tab(1), "[": () => tab(-1),
  t: () => byId("theme").click(),
  Escape: () => document.activeElement?.blur?.(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("dialog").open) return;
  const typing = event.target.closest?.("input, textarea, select");
  if (typing && event.key !== "Escape") return;
  const isChord = Date.now() - chord < CHORD_MS;
  chord = 0;
  if (isChord && PLACES[event.key]) location.hash = format(PLACES[event.key], [], current().filters);
  else if (event.key === "g") chord = Date.now();
  else if (local[event.key] ?? COMMON[event.key]) (local[event.key] ?? COMMON[event.key])();
  else return;
  event.preventDefault();
});
