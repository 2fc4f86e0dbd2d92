// A text with marks at a record's own offsets. Records count characters (code points); JavaScript counts UTF-16 units, of which an emoji has two.

// body → a function from an offset of the record to an index into the string. "🎉 Paris": 2 → 3.
export function units(body) {
  if (!/[\ud800-\udfff]/.test(body)) return (offset) => Math.min(offset, body.length);
  const starts = [];
  for (let at = 0; at < body.length; at += body.codePointAt(at) > 0xffff ? 2 : 1) starts.push(at);
  return (offset) => starts[offset] ?? body.length;
}

// Spans in offsets of the record → in indices, in order; a span that makes no sense for this text is left out.
export function placed(spans, body) {
  const at = units(body);
  return spans.map((span) => ({ ...span, from: at(span.start), to: at(span.end) }))
    .filter((span) => span.from < span.to && span.start >= 0)
    .sort((a, b) => a.from - b.from || b.to - a.to);
}

// Text [from, to) with layers of marks, the outermost first: [{spans, wrap: (span, children) → element}]. A mark that crosses the edge of one
// further out, or of a paragraph, is drawn in two pieces.
export function marked(body, from, to, layers) {
  if (from >= to) return [];
  const [layer, ...inner] = layers;
  if (!layer) return [body.slice(from, to)];
  const made = [];
  let at = from;
  for (const span of layer.spans) {
    const start = Math.max(span.from, at), end = Math.min(span.to, to);
    if (start >= end) continue;
    made.push(...marked(body, at, start, inner));
    made.push(layer.wrap(span, marked(body, start, end, inner), { from: start, to: end }));
    at = end;
  }
  return [...made, ...marked(body, at, to, inner)];
}

// Paragraphs stand between blank lines: [{from, to}].
export function paragraphs(body) {
  const made = [];
  let from = 0;
  for (const gap of body.matchAll(/\n\s*\n/g)) {
    if (gap.index > from) made.push({ from, to: gap.index });
    from = gap.index + gap[0].length;
  }
  if (from < body.length) made.push({ from, to: body.length });
  return made;
}
