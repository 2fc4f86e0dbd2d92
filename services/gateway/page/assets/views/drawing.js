// The drawing of the pipeline: a station for each service that is there, pipes with the topics between them, a drain for what was rejected.

import { svg } from "../dom.js";
import { compact, count, lasting, words } from "../format.js";

const WIDE = 182, TALL = 112, GAP = 104, TOP = 34, ROW = TALL + 62;
const LINE = ["feeder", "fetcher", "cleaner", "deduplicator", "tagger"];
const INTO = { fetcher: "articles.urls", cleaner: "articles.raw", deduplicator: "articles.cleaned", tagger: "articles.deduplicated" };
const HIGH = 1_000, OVER = 100_000; // records: where the needle turns amber, and red

export function drawFlow(services) {
  const known = new Map(services.map((one) => [one.name, one]));
  const line = LINE.filter((name) => known.has(name));
  const ends = services.filter((one) => !LINE.includes(one.name) && one.name !== "index");
  const x = (column) => 92 + column * (WIDE + GAP);
  const places = line.map((name, column) => ({ one: known.get(name), x: x(column), y: TOP }));
  places.push(...ends.map((one, row) => ({ one, x: x(line.length), y: TOP + row * ROW })));
  const dedup = places.find((place) => place.one.name === "deduplicator");
  if (known.has("index")) places.push({ one: known.get("index"), x: dedup?.x ?? x(0), y: TOP + ROW + (drops(dedup?.one) ? 26 : 0), isBelow: true });
  const width = x(line.length + (ends.length ? 1 : 0)) - GAP + 20;
  const height = Math.max(...places.map((place) => place.y + TALL)) + 62;
  return svg("svg", { class: "flow", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": described(services) },
    pipes(places, line, ends, x), places.map(station));
}

const drops = (one) => Object.keys(one?.rejected ?? {}).length;

function described(services) {
  return "The pipeline: " + services.map((one) => `${one.name}, ${count(one.replicas)} replicas, ${count(one.lag)} waiting, ${(one.rate ?? 0).toFixed(1)} a second`).join("; ");
}

function pipes(places, line, ends, x) {
  const middle = TOP + TALL / 2;
  const made = line.map((name, column) => pipe(`M${column ? x(column) - GAP : 0} ${middle}H${x(column)}`, INTO[name] ?? "", x(column) - (column ? GAP / 2 : 46), middle, rateOf(places, name)));
  const from = x(line.length) - GAP;
  ends.forEach((one, row) => {
    const y = middle + row * ROW;
    const path = row ? `M${from + 26} ${middle}V${y - 12}q0 12 12 12H${from + GAP}` : `M${from} ${middle}H${from + GAP}`;
    made.push(pipe(path, row ? "" : "articles.enriched", from + GAP / 2, middle, one.rate));
  });
  const index = places.find((place) => place.isBelow);
  if (index) made.push(pipe(`M${index.x + WIDE / 2} ${TOP + TALL}V${index.y}`, "", 0, 0, index.one.rate));
  return made;
}

const rateOf = (places, name) => places.find((place) => place.one.name === name)?.one.rate ?? 0;

function pipe(path, topic, x, y, rate) {
  const [first, second] = topic.split(/(?=\.)/);
  return svg("g", { class: rate > 0 ? "is-moving" : "" }, svg("path", { d: path, class: "pipe" }), svg("path", { d: path, class: "stream" }),
    topic && [svg("text", { x, y: y - 22, class: "topic", "text-anchor": "middle" }, first), svg("text", { x, y: y - 9, class: "topic", "text-anchor": "middle" }, second)]);
}

function station({ one, x, y }) {
  const isDown = one.replicas === 0;
  const reasons = Object.entries(one.rejected ?? {}).sort((a, b) => b[1] - a[1]);
  return svg("g", { class: `station${isDown ? " is-down" : ""}`, transform: `translate(${x} ${y})` },
    svg("rect", { width: WIDE, height: TALL, rx: 3 }),
    svg("text", { x: 14, y: 25, class: "title" }, one.name),
    Array.from({ length: Math.min(8, one.replicas || (isDown ? 1 : 0)) }, (_, number) => svg("circle", { cx: WIDE - 15 - number * 10, cy: 20, r: 3.4, class: "replica" })),
    svg("text", { x: 14, y: 62, class: "value" }, compact(one.streams ?? one.lag)), svg("text", { x: 14, y: 77, class: "what" }, one.streams !== undefined ? "live streams" : isDown ? "waiting, nobody runs" : "waiting"),
    svg("text", { x: 14, y: 99, class: "what" }, `${(one.rate ?? 0).toFixed(1)} /s`), svg("text", { x: 76, y: 99, class: "what" }, one.oldest_s ? `oldest ${lasting(one.oldest_s)}` : ""),
    one.streams === undefined && gauge(one.lag ?? 0),
    reasons.length ? svg("path", { d: `M24 ${TALL}v16`, class: "drain" }) : null,
    reasons.slice(0, 3).map(([reason, number], line) => svg("text", { x: 14, y: TALL + 29 + line * 13, class: "rejected" }, `${words(reason)} ${count(number)}`)));
}

// A half circle of which each decade of records takes a sixth.
function gauge(lag) {
  const cx = WIDE - 42, cy = 76, r = 25;
  const arc = (share) => {
    const angle = Math.PI * (1 - share);
    return `M${cx - r} ${cy}A${r} ${r} 0 0 1 ${(cx + r * Math.cos(angle)).toFixed(2)} ${(cy - r * Math.sin(angle)).toFixed(2)}`;
  };
  const level = Math.min(1, Math.log10(lag + 1) / 6);
  return [svg("path", { d: arc(1), class: "gauge" }), level > 0 && svg("path", { d: arc(level), class: `gauge-level ${lag >= OVER ? "over" : lag >= HIGH ? "high" : ""}` })];
}
