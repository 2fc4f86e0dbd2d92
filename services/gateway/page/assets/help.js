// The keyboard, explained.

import { byId, h, put } from "./dom.js";

const KEYS = [
  ["j k", "next and previous article, or line"], ["Enter", "open it; o does the same"], ["u", "back"], ["/", "search, or filter what is shown"],
  ["p", "pause and go on, in Live"], ["n", "show what is new"], ["[ ]", "previous and next tab of an article"],
  ["g l", "Live"], ["g s", "Search"], ["g y", "Stories"], ["g e", "Entities"], ["g o", "Sources"], ["g f", "Flow"], ["g d", "Dead letters"], ["g w", "Feeds"],
  ["t", "dark or light"], ["?", "this"], ["Esc", "leave a field, close this"],
];

export function showHelp() {
  const dialog = byId("dialog");
  put(dialog, h("form", { method: "dialog" },
    h("h2", { id: "dialog-title" }, "Keyboard"),
    h("dl", { class: "keys" }, KEYS.map(([keys, what]) => h("div", null, h("dt", null, keys.split(" ").map((key) => h("kbd", null, key))), h("dd", null, what)))),
    h("p", { class: "actions" }, h("button", null, "Close"))));
  dialog.showModal();
}
