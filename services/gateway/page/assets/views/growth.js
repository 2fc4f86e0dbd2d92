// How a story grew: its articles and outlets as they add up, and a lane for each outlet with a mark for each of its articles.

import { h, svg } from "../dom.js";
import { count, plural } from "../format.js";
import { told } from "./stories.js";

const TALL = 120, LANE = 20, MOST_LANES = 12;

// When each article came, from 0 (the first) to 100 (the last), in percent of the width.
export function placesOf(articles) {
  const times = articles.map((one) => Date.parse(one.published_at));
  const [begin, end] = [Math.min(...times), Math.max(...times)];
  return times.map((time) => (end > begin ? ((time - begin) / (end - begin)) * 100 : 50));
}

// [{at: percent, number}] of a sum that grows: one step for each place.
export function steps(places, counted = places.map((_, number) => number + 1)) {
  const made = new Map();
  places.forEach((at, number) => made.set(at, Math.max(made.get(at) ?? 0, counted[number])));
  return [...made].map(([at, number]) => ({ at, number })).sort((a, b) => a.at - b.at);
}

export function growth(articles) {
  const places = placesOf(articles);
  const seen = new Set();
  const outlets = articles.map((one) => (one.source && seen.add(one.source), seen.size));
  const label = `${plural(articles.length, "article")} and ${plural(seen.size, "outlet")} between ${told(articles[0].published_at)} and ${told(articles.at(-1).published_at)}`;
  return h("figure", { class: "thread-growth" }, h("h2", { class: "label-head" }, "How it grew"),
    svg("svg", { role: "img", "aria-label": label, width: "100%", height: TALL },
      svg("line", { x1: 0, x2: "100%", y1: TALL - 0.5, y2: TALL - 0.5, class: "axis" }),
      stair(steps(places), articles.length, "of-articles"), stair(steps(places, outlets), articles.length, "of-outlets")),
    h("figcaption", null, h("span", null, told(articles[0].published_at)), h("span", null, h("b", { class: "of-articles" }, `${count(articles.length)} articles`), " ", h("b", { class: "of-outlets" }, `${count(seen.size)} outlets`)), h("span", null, told(articles.at(-1).published_at))));
}

function stair(made, most, kind) {
  const y = (number) => TALL - 1 - (number / most) * (TALL - 6);
  return svg("g", { class: kind }, made.map(({ at, number }, place) => {
    const before = place ? made[place - 1].number : 0;
    const until = place + 1 < made.length ? made[place + 1].at : 100;
    return [svg("line", { x1: `${at}%`, x2: `${at}%`, y1: y(before), y2: y(number) }), svg("line", { x1: `${at}%`, x2: `${until}%`, y1: y(number), y2: y(number) })];
  }));
}

export function lanes(articles) {
  const places = placesOf(articles);
  const by = new Map();
  articles.forEach((one, number) => by.set(one.source ?? "no source", [...(by.get(one.source ?? "no source") ?? []), { one, at: places[number] }]));
  const shown = [...by].slice(0, MOST_LANES);
  return h("figure", { class: "thread-lanes" }, h("h2", { class: "label-head" }, "Who told it when"),
    h("div", { class: "lanes" }, shown.map(([source, marks]) => [h("span", { class: "lane-name" }, source), svg("svg", { role: "img", "aria-label": `${source}: ${plural(marks.length, "article")}, the first ${told(marks[0].one.published_at)}`, width: "100%", height: LANE },
      svg("line", { x1: 0, x2: "100%", y1: LANE / 2, y2: LANE / 2, class: "axis" }),
      marks.map(({ one, at }) => svg("circle", { cx: `${2 + at * 0.96}%`, cy: LANE / 2, r: 4, class: one.nearest?.copy ? "is-copy" : one.role }, svg("title", null, `${told(one.published_at)}: ${one.title}`))))])),
    h("figcaption", null, by.size > MOST_LANES ? h("span", null, `and ${plural(by.size - MOST_LANES, "outlet")} more`) : null, h("span", { class: "lane-key" }, h("i", { class: "opens" }), "opens", h("i", { class: "joins" }), "joins", h("i", { class: "follows" }), "follows, 12 hours or more behind", h("i", { class: "is-copy" }), "copies")));
}
