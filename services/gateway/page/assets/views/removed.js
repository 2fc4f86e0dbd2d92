// The page as it came: what was kept, and what was struck out, in their order, each with its reason.

import { h, put } from "../dom.js";
import { plural, words } from "../format.js";
import { empty } from "../rows.js";
import { paragraphs } from "../text.js";

export function showRemoved(body, { answer: { article } }) {
  const removed = article.removed ?? [];
  if (!removed.length) return put(body, empty("Nothing was removed", "All of what came in is the article."));
  const isPlaced = removed.every((one) => one.start !== undefined && one.start !== null) && article.blocks?.length;
  const reasons = new Map();
  for (const one of removed) reasons.set(one.reason, (reasons.get(one.reason) ?? 0) + 1);
  const most = [...reasons].sort((a, b) => b[1] - a[1]).slice(0, 6).map(([reason, number]) => `${words(reason)} ${number}`).join(", ");
  put(body, h("div", { class: "galley" },
    h("p", { class: "legend" }, `${plural(removed.length, "block")} struck out: ${most}${reasons.size > 6 ? " and others" : ""}.${isPlaced ? "" : " A page in HTML has no places for them, so they stand below the text."}`),
    isPlaced ? inOrder(article) : [kept(article.body), removed.filter((one) => one.text.trim()).map(struck)]));
}

// Blocks and what was removed tile the input; the n-th block is the n-th paragraph.
function inOrder({ body, blocks, removed }) {
  const texts = paragraphs(body).map(({ from, to }) => body.slice(from, to));
  const pieces = [...blocks.map((block, number) => ({ ...block, kept: texts[number] ?? "" })), ...removed];
  return pieces.sort((a, b) => a.start - b.start).filter((piece) => (piece.kept ?? piece.text).trim()).map((piece) => (piece.reason ? struck(piece) : kept(piece.kept)));
}

const kept = (text) => h("div", { class: "strip-line" }, h("span", { class: "why" }), h("p", { class: "kept" }, text));

const struck = ({ text, reason }) => h("div", { class: "strip-line" }, h("span", { class: "why" }, words(reason)), h("div", null, h("del", null, text.trim())));
