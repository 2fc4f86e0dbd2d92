// Two texts compared: by sentences first, and where those differ, word by word.

const SENTENCES = /[^.!?\n]+[.!?\n”"')\]]*\s*|\s+|[.!?]+\s*/g, WORDS = /\S+\s*|\s+/g;
const MOST = 9_000_000; // cells of one table; what is larger is shown as replaced whole

// ("a b c", "a x c") → [["same", "a "], ["went", "b "], ["came", "x "], ["same", "c"]]
export function compare(before, after) {
  const coarse = joined(matched(before.match(SENTENCES) ?? [], after.match(SENTENCES) ?? []));
  const fine = [];
  for (let at = 0; at < coarse.length; at++) {
    const [kind, text] = coarse[at], next = coarse[at + 1];
    if (kind === "went" && next?.[0] === "came") {
      fine.push(...matched(text.match(WORDS) ?? [], next[1].match(WORDS) ?? []));
      at++;
    } else fine.push([kind, text]);
  }
  return joined(fine);
}

function matched(a, b) {
  let head = 0, tail = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const same = (pieces) => pieces.map((text) => ["same", text]);
  return [...same(a.slice(0, head)), ...common(a.slice(head, a.length - tail), b.slice(head, b.length - tail)), ...same(tail ? a.slice(-tail) : [])];
}

// The longest common subsequence, by the table of its lengths.
function common(a, b) {
  if (a.length * b.length > MOST) return [["went", a.join("")], ["came", b.join("")]];
  const width = b.length + 1;
  const best = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      best[i * width + j] = a[i] === b[j] ? best[(i + 1) * width + j + 1] + 1 : Math.max(best[(i + 1) * width + j], best[i * width + j + 1]);
    }
  }
  const made = [];
  let i = 0, j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) { made.push(["same", a[i]]); i++; j++; }
    else if (j >= b.length || (i < a.length && best[(i + 1) * width + j] >= best[i * width + j + 1])) made.push(["went", a[i++]]);
    else made.push(["came", b[j++]]);
  }
  return made;
}

// Runs of one kind made one; between two that stay, what went stands before what came.
function joined(parts) {
  const made = [];
  let went = "", came = "";
  const settle = () => { if (went) made.push(["went", went]); if (came) made.push(["came", came]); went = came = ""; };
  for (const [kind, text] of parts) {
    if (kind === "went") went += text;
    else if (kind === "came") came += text;
    else {
      settle();
      if (made.at(-1)?.[0] === "same") made.at(-1)[1] += text;
      else made.push(["same", text]);
    }
  }
  settle();
  return made;
}
