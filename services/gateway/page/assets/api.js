// Requests to the gateway. A failure is a Problem with what is wrong and what to do about it.

import { h, put, byId } from "./dom.js";

export class Problem extends Error {
  constructor({ title = "It failed", detail = "", remedy = "", status = 0 } = {}) {
    super(title);
    Object.assign(this, { title, detail, remedy, status });
  }
}

export async function problemOf(answer) {
  let told = {};
  try { told = await answer.json(); } catch { /* a proxy's page, not ours */ }
  const { title, detail, remedy } = told && typeof told === "object" ? told : {};
  return new Problem({ title: title ?? `The gateway answered ${answer.status}`, detail, remedy, status: answer.status });
}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem({ title: "The gateway does not answer", detail: "Nothing came back from it.", remedy: "See whether it runs: copydesk status" });
  }
  if (answer.status === 401 && await askForKey()) return ask(path, options);
  if (!answer.ok) throw await problemOf(answer);
  return answer.status === 204 ? null : answer.json();
}

export function query(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return given.length ? "?" + new URLSearchParams(given) : "";
}

export const get = (path, parameters = {}, signal = undefined) => ask(path + query(parameters), { signal });

export const post = (path, body) => ask(path, { method: "POST", ...(body && { body, headers: { "Content-Type": "application/json" } }) });

export const remove = (path) => ask(path, { method: "DELETE" });

let asking = null;

// One dialog, however many requests were refused at once. The gateway keeps the key in a cookie that no script can read. → whether a key was taken.
export function askForKey() {
  asking ??= new Promise((done) => {
    const dialog = byId("dialog");
    const input = h("input", { id: "key", type: "password", autocomplete: "off", required: true });
    const told = h("p", { class: "note", role: "alert" });
    const end = (taken) => { asking = null; dialog.close(); done(taken); };
    const form = h("form", { onsubmit: async (event) => {
      event.preventDefault();
      const answer = await fetch("session", { method: "POST", body: JSON.stringify({ key: input.value.trim() }) }).catch(() => null);
      if (answer?.ok) { end(true); dispatchEvent(new Event("keytaken")); }
      else put(told, answer ? (await problemOf(answer)).detail : "The gateway does not answer.");
    } },
      h("h2", { id: "dialog-title" }, "A key, please"),
      h("p", null, "This gateway is open to holders of a key. Who runs it makes one with ", h("code", null, "copydesk keys create"), "."),
      h("label", { for: "key" }, "Key"), input, told,
      h("p", { class: "actions" }, h("button", null, "Use it"), h("button", { type: "button", class: "plain", onclick: () => end(false) }, "Not now")));
    dialog.addEventListener("cancel", () => end(false), { once: true });
    put(dialog, form);
    dialog.showModal();
  });
  return asking;
}
