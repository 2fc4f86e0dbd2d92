// Two revisions of one article, compared word by word.

import { h, put } from "../dom.js";
import { clock, day } from "../format.js";
import { compare } from "../diff.js";
import { format } from "../route.js";
import { empty } from "../rows.js";

export function showRevisions(body, { id, answer: { revisions = [] }, more }) {
  if (revisions.length < 2) return put(body, empty("One revision", "The article came once, or always with the same text."));
  const ordered = [...revisions].reverse(); // they come with the one that stands first
  const find = (revision, otherwise) => ordered.find((one) => one.revision === revision) ?? otherwise;
  const [before, after] = [find(more[0], ordered.at(-2)), find(more[1], ordered.at(-1))];
  const choice = (label, chosen, to) => h("select", { "aria-label": label, onchange: (event) => { location.hash = format("article", [id, "revisions", ...to(event.target.value)]); } },
    ordered.map((one) => h("option", { value: one.revision, selected: one === chosen }, `${day(one.ingested_at)}, ${clock(one.ingested_at)} (${one.revision.slice(0, 8)})`)));
  const parts = compare(before.body ?? "", after.body ?? "");
  const isSame = parts.every(([kind]) => kind === "same");
  put(body, h("p", { class: "legend" }, "From", choice("Earlier revision", before, (value) => [value, after.revision]), "to", choice("Later revision", after, (value) => [before.revision, value])),
    before.title !== after.title && h("p", { class: "diff" }, h("b", null, pieces(compare(before.title ?? "", after.title ?? "")))),
    isSame ? empty("The same text", "These two differ in what was found about it, not in what it says.") : h("div", { class: "diff", dir: "auto" }, pieces(parts)));
}

const pieces = (parts) => parts.map(([kind, text]) => (kind === "same" ? text : h(kind === "went" ? "del" : "ins", null, text)));
