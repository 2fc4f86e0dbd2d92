// The live wire: one stream, kept across views. What comes while the reader pauses waits here; nothing is dropped.
// When very many wait, the connection is closed, and opened again behind the last of them once the reader goes on.

import { get, query } from "./api.js";
import { byId } from "./dom.js";
import { isName } from "./format.js";
import { forArchive } from "./route.js";
import { Stream } from "./sse.js";

const HELD = 500, WAITING = 2_000, FIRST = 50, FLUSH_MS = 200;
const BROUGHT_MS = 30_000;
const SETTLE_MS = 4_000; // by then the archive holds what passed between its first answer and the stream's opening

// What a row shows of a record, a hundredth of its size.
export function slim(record) {
  const named = [...(record.entities ?? [])].filter((entity) => isName(entity.type));
  return {
    article_id: record.article_id, revision: record.revision, title: record.title, source: record.source, ingested_at: record.ingested_at,
    published_at: record.published_at, language: record.language, lede: (record.body ?? "").slice(0, 240), copies: record.copies ?? 0,
    status: record.duplicate?.status, kind: record.duplicate?.kind, duplicate_of: record.duplicate?.duplicate_of,
    names: named.sort((a, b) => b.salience - a.salience).slice(0, 6).map(({ canonical, type, link }) => ({ canonical, type, link: link?.id })),
  };
}

// What the stream can be asked for; the rest is looked for here.
const asked = ({ entity, link, type, source, language, status }) => ({ entity: link ?? entity, type, source, language, no_duplicates: status === "unique" || undefined });

function admits({ q, status }, record) {
  if (status && record.duplicate?.status !== status) return false;
  const text = `${record.title ?? ""} ${record.body ?? ""}`.toLowerCase();
  return (q ?? "").toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

// The newest articles as the page brought them along, once, while they are the newest.
function takeFirst() {
  const brought = byId("first");
  brought?.remove();
  return brought && performance.now() < BROUGHT_MS ? JSON.parse(brought.textContent) : null;
}

class Wire extends EventTarget {
  constructor() {
    super();
    this.retractions = new Map(); // what was said last of "article:ID" and "source:NAME"
    Object.assign(this, { filters: null, shown: [], waiting: [], arrivals: [], paused: false, reading: false, state: "closed", problem: null });
    setInterval(() => this.#flush(), FLUSH_MS);
  }

  get isHeld() { return this.paused || this.reading; }
  get isFull() { return this.waiting.length >= WAITING; }

  // Follow the articles that these filters let through. The same filters again change nothing, so nothing is lost between views. → whether they are others.
  follow(filters) {
    if (this.filters && query(this.filters) === query(filters)) return false;
    this.stream?.close();
    Object.assign(this, { filters, shown: [], waiting: [], arrivals: [], paused: false, reading: false, problem: null, loaded: false });
    const stream = this.stream = new Stream("stream" + query(asked(filters)), {
      told: (event) => stream === this.stream && this.#told(event),
      state: (state, problem) => stream === this.stream && this.#turn(state, problem),
    });
    stream.open();
    this.#load(filters).then(() => setTimeout(() => this.filters === filters && this.#load(filters), SETTLE_MS));
    return true;
  }

  pause(paused) {
    this.paused = paused;
    if (!paused) this.release();
    this.#emit("state");
  }

  // The reader looks at something further down: hold what comes, without saying "paused".
  read(reading) {
    if (this.reading === reading) return;
    this.reading = reading;
    if (!this.isHeld) this.release();
  }

  // Show what waited.
  release() {
    const was = this.isFull;
    const waited = this.waiting.splice(0);
    this.#show(waited);
    if (was) this.stream.open();
    this.#emit("waiting");
  }

  async #load(filters) {
    try {
      const { articles } = (!query(filters) && takeFirst()) || await get("articles", { ...forArchive(filters), limit: FIRST, brief: true });
      if (this.filters !== filters) return;
      const known = new Set([...this.shown, ...this.waiting, ...this.arrivals].map((one) => one.article_id));
      const missing = articles.filter((one) => !known.has(one.article_id) && this.#isIn(one)).map(slim);
      this.shown = [...this.shown, ...missing].sort((a, b) => (a.ingested_at < b.ingested_at ? 1 : -1)).slice(0, HELD);
      const first = !this.loaded;
      this.loaded = true;
      if (missing.length || first) this.#emit("reset");
    } catch (problem) {
      if (this.filters !== filters) return;
      this.problem = problem;
      this.loaded = true;
      this.#emit("reset");
    }
  }

  #told({ event, data }) {
    let value;
    try { value = JSON.parse(data); } catch { return; }
    if (event === "article") { if (admits(this.filters, value)) this.arrivals.push(slim(value)); }
    else if (event === "correction") this.#correct(value);
    else if (event === "retraction") this.#retract(value);
    else if (event === "notice") {
      if (value.type === "gap" || value.type === "unknown_position") this.#load(this.filters); // what the stream cannot give again, the archive has
      this.#emit("notice", value);
    }
  }

  #correct({ later_article_id, later_revision, match }) {
    for (const one of [...this.shown, ...this.waiting, ...this.arrivals]) {
      if (one.article_id !== later_article_id || one.revision !== later_revision || one.status === "duplicate") continue;
      if (match?.kind === "shared_background") continue;
      Object.assign(one, { status: "duplicate", kind: match?.kind, duplicate_of: match?.article_id });
      this.#emit("changed", one);
    }
  }

  // What is taken back goes from here too, also where it waits, and does not come again from an archive that has not heard of it yet.
  #retract(said) {
    this.retractions.set(said.article_id ? `article:${said.article_id}` : `source:${said.source}`, said);
    for (const name of ["shown", "waiting", "arrivals"]) this[name] = this[name].filter((one) => this.#isIn(one));
    this.#emit("reset");
    this.#emit("waiting");
  }

  // One that was let in by itself after its source was taken back is in.
  #isIn(one) {
    const own = this.retractions.get(`article:${one.article_id}`), ofSource = this.retractions.get(`source:${one.source}`);
    return own?.state !== "retracted" && (ofSource?.state !== "retracted" || own?.at >= ofSource.at);
  }

  #flush() {
    if (!this.arrivals.length) return;
    const arrived = this.arrivals.splice(0);
    this.#emit("arrived", arrived);
    if (!this.isHeld) return this.#show(arrived);
    this.waiting.push(...arrived);
    if (this.isFull) { this.stream.close(); this.#turn("full"); }
    this.#emit("waiting");
  }

  #show(arrived) {
    if (!arrived.length) return;
    const newest = new Map(arrived.map((one) => [one.article_id, one]));
    this.shown = [...[...newest.values()].reverse(), ...this.shown.filter((one) => !newest.has(one.article_id))].slice(0, HELD);
    this.#emit("shown", [...newest.values()]);
  }

  #turn(state, problem) {
    this.state = state;
    this.problem = state === "open" ? null : problem;
    this.#emit("state");
  }

  #emit(name, detail) { this.dispatchEvent(new CustomEvent(name, { detail })); }
}

export const wire = new Wire();
