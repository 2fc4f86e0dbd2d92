// A stream of server-sent events by fetch: unlike EventSource it can be closed, and opened again where it was.

import { problemOf, askForKey } from "./api.js";

const FIRST_WAIT_MS = 500, LONGEST_WAIT_MS = 15_000, SILENCE_MS = 60_000; // the gateway's heartbeats are more frequent than that

// Feed it text in any pieces; it calls told({id, event, data}) for each whole event. Without data it is a heartbeat that says how far the stream is.
export function parser(told) {
  let rest = "", event = "", id, data = [];
  const line = (text) => {
    if (text === "") {
      if (data.length || id !== undefined) told({ id, event: event || "message", data: data.join("\n") });
      event = ""; data = [];
      return;
    }
    const [, name, value] = /^([^:]*):? ?(.*)$/s.exec(text);
    if (name === "data") data.push(value);
    else if (name === "event") event = value;
    else if (name === "id") id = value;
  };
  return (text) => {
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    lines.forEach(line);
  };
}

// Goes on until closed, whatever happens to the connection; every new one resumes behind the last event that was told.
export class Stream {
  constructor(path, { told, state }) {
    Object.assign(this, { path, told, state, last: null, closed: true, wait: FIRST_WAIT_MS });
  }

  open() {
    if (!this.closed) return;
    this.closed = false;
    this.wait = FIRST_WAIT_MS;
    this.#run(this.control = new AbortController());
  }

  close() {
    this.closed = true;
    this.control?.abort();
  }

  async #run(control) {
    while (!control.signal.aborted) {
      const problem = await this.#connection(control.signal).catch((error) => error);
      if (control.signal.aborted) return;
      if (problem?.status === 401 && await askForKey()) continue;
      if (problem?.status === 422 && this.last) this.last = null; // not an id of this gateway's: go on from now
      this.state("lost", problem);
      await new Promise((done) => setTimeout(done, this.wait * (0.75 + Math.random() / 2)));
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
    }
  }

  async #connection(outer) {
    const inner = new AbortController();
    const abort = () => inner.abort();
    outer.addEventListener("abort", abort, { once: true });
    let silence = setTimeout(abort, SILENCE_MS);
    try {
      const wanted = { Accept: "text/event-stream", ...(this.last && { "Last-Event-ID": this.last }) };
      const answer = await fetch(this.path, { headers: wanted, signal: inner.signal, cache: "no-store" });
      if (!answer.ok) throw await problemOf(answer);
      this.state("open");
      const feed = parser((event) => { this.wait = FIRST_WAIT_MS; this.last = event.id ?? this.last; if (event.data) this.told(event); });
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        clearTimeout(silence);
        silence = setTimeout(abort, SILENCE_MS);
        if (!outer.aborted) feed(piece.value);
      }
    } finally {
      clearTimeout(silence);
      outer.removeEventListener("abort", abort);
      inner.abort();
    }
  }
}
