// Small plots in SVG: drawn in a fixed box, so that nothing moves when their numbers come. Each says in words what it shows.

import { h, svg } from "./dom.js";
import { count, minute, shortDay } from "./format.js";

// Bars over time: [{at, count}] → a figure. The tallest bar and the ends of the axis are written.
export function timeBars(points, { label, height = 48, time = minute, unit = "articles" } = {}) {
  const most = Math.max(1, ...points.map((one) => one.count));
  const width = 100 / Math.max(points.length, 1);
  const total = points.reduce((sum, one) => sum + one.count, 0);
  const bars = points.map((one, number) => {
    const tall = (one.count / most) * height;
    return svg("rect", { x: `${number * width}%`, y: height - tall, width: `${width * 0.72}%`, height: tall, class: "bar" },
      svg("title", null, `${time(one.at)}: ${count(one.count)} ${unit}`));
  });
  return h("figure", { class: "time-bars", "--height": `${height}px` },
    svg("svg", { role: "img", "aria-label": `${label}: ${count(total)} in all, at most ${count(most)}`, width: "100%", height },
      svg("line", { x1: 0, x2: "100%", y1: height - 0.5, y2: height - 0.5, class: "axis" }), bars),
    h("figcaption", null, h("span", null, points.length ? time(points[0].at) : ""), h("span", null, `${label} · most ${count(most)}`),
      h("span", null, points.length ? time(points.at(-1).at) : "")));
}

// Minutes without articles have no count in an answer either: sixty bars, the last one of now.
export function lastHour(points) {
  const known = new Map(points.map((one) => [Math.floor(Date.parse(one.at) / 60_000), one.count]));
  const now = Math.floor(Date.now() / 60_000);
  return Array.from({ length: 60 }, (_, number) => now - 59 + number).map((at) => ({ at: at * 60_000, count: known.get(at) ?? 0 }));
}

// Days without articles have no count in an answer: they are drawn as gaps, so that time is even.
export function days(counts) {
  if (!counts.length) return [];
  const known = new Map(counts.map((one) => [one.day, one.count]));
  const made = [];
  const last = new Date([...known.keys()].sort().at(-1));
  const first = new Date(Math.max(new Date([...known.keys()].sort()[0]), last - 119 * 86_400_000));
  for (let at = first; at <= last; at = new Date(at.getTime() + 86_400_000)) {
    made.push({ at: at.toISOString(), count: known.get(at.toISOString().slice(0, 10)) ?? 0 });
  }
  while (made.length < 40) made.unshift({ at: new Date(new Date(made[0].at) - 86_400_000).toISOString(), count: 0 });
  return made;
}

export const dayBars = (counts, label) => timeBars(days(counts), { label, time: shortDay, height: 84 });

// A line of the last values, newest at the right: for what is measured again and again.
export function spark(values, { width = 120, height = 26, label }) {
  const most = Math.max(1, ...values);
  const step = width / Math.max(1, values.length - 1);
  const points = values.map((value, number) => `${(number * step).toFixed(1)},${(height - 1.5 - (value / most) * (height - 3)).toFixed(1)}`);
  return svg("svg", { class: "spark", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label },
    values.length > 1 && svg("polyline", { points: points.join(" ") }));
}

// A name, a bar, a number: [{label, value, href, kind}].
export function bars(lines, { caption }) {
  const most = Math.max(1, ...lines.map((one) => one.value));
  return h("section", { class: "facet" }, h("h2", null, caption), h("ol", null, lines.map((one) => h("li", null,
    h(one.href ? "a" : "span", { class: `bar ${one.kind ?? ""}`, href: one.href, "--share": one.value / most },
      h("span", { class: "label" }, one.label), h("span", { class: "number" }, one.told ?? count(one.value)))))));
}
