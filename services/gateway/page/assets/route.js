// The address is the state: #/view/part/tab?filters. Filters are the same names in every view, so they go along from Live to Search.

export const FILTERS = ["q", "entity", "type", "link", "source", "language", "status", "since", "until", "collapse"];

// "#/article/ab%2Fc/copies?q=x" → {view: "article", parts: ["ab/c", "copies"], filters: {q: "x"}, rest: {…}}
export function parse(hash) {
  const [path, search = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const [view, ...parts] = path.split("/").map(decoded);
  const given = Object.fromEntries(new URLSearchParams(search));
  return { view: view || "live", parts, filters: only(given, (name) => FILTERS.includes(name)), rest: only(given, (name) => !FILTERS.includes(name)) };
}

export function format(view, parts = [], given = {}) {
  const path = [view, ...parts].map((part) => encodeURIComponent(part)).join("/");
  const kept = Object.entries(given).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return `#/${path}${kept.length ? "?" + new URLSearchParams(kept) : ""}`;
}

// Filters as the archive takes them: it stops before `until`, and a reader means the whole of that day.
export function forArchive(filters) {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(filters.until ?? "");
  return isDay ? { ...filters, until: new Date(Date.parse(filters.until) + 86_400_000).toISOString().slice(0, 10) } : filters;
}

export const current = () => parse(location.hash);

// Change filters of the view that is open; undefined takes one away.
export function refine(changes) {
  const { view, parts, filters, rest } = current();
  location.hash = format(view, parts, { ...filters, ...rest, ...changes });
}

function decoded(part) {
  try { return decodeURIComponent(part); } catch { return part; }
}

function only(given, wanted) {
  return Object.fromEntries(Object.entries(given).filter(([name, value]) => wanted(name) && value !== ""));
}
