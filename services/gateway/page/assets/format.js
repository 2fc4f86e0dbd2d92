// Times, numbers and names as a reader wants them.

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const MINUTE = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const SHORT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const COUNT = new Intl.NumberFormat("en-GB");
const COMPACT = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 });

const written = (format) => (time) => {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? "" : format.format(date);
};

export const clock = written(CLOCK);
export const minute = written(MINUTE);
export const day = written(DAY);
export const shortDay = written(SHORT);
export const count = (number) => COUNT.format(number ?? 0);
export const compact = (number) => ((number ?? 0) < 10_000 ? count(number) : COMPACT.format(number));
export const percent = (share) => `${Math.round((share ?? 0) * 100)}%`;
export const plural = (number, one, many = one + "s") => `${count(number)} ${number === 1 ? one : many}`;

// 75 → "1 min 15 s": how long something has waited, in seconds.
export function lasting(seconds) {
  if (seconds === undefined || seconds === null) return "–";
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}

// As exact as the record knows it: "2020" and "2020-10" stay, a day or a time is written out.
export const published = (value) => (/^\d{4}(-\d\d)?$/.test(value) ? value : shortDay(value) || value);

// no_article → "no article"
export const words = (code) => String(code ?? "").replaceAll("_", " ");

const TYPES = {
  PERSON: "Person", ORG: "Organisation", GPE: "Country or city", LOC: "Place", FAC: "Building", NORP: "Group", DATE: "Date",
  EVENT: "Event", MISC: "Other name", MONEY: "Money", PERCENT: "Percentage", URL: "Address", TICKER: "Ticker",
};
export const TYPE_NAMES = TYPES;
export const typeName = (type) => TYPES[type] ?? type;

// Names of someone or something, not dates and figures: what lists show unless a type is asked for.
export const isName = (type) => pencil(type) !== "figure";

// The pencil that a type is marked with.
const PENCILS = { PERSON: "person", ORG: "org", GPE: "place", LOC: "place", FAC: "place", NORP: "group", EVENT: "event", MISC: "event" };
export const pencil = (type) => PENCILS[type] ?? "figure";

export const languageName = (code) => {
  try { return new Intl.DisplayNames("en", { type: "language" }).of(code) ?? code; } catch { return code; }
};

const KINDS = { exact: "same as", near: "close copy of", excerpt: "excerpt of", expansion: "expands", shared_background: "shares background with" };
export const kindOf = (kind) => KINDS[kind] ?? words(kind);
const GLYPHS = { exact: "=", near: "≈", excerpt: "⊂", expansion: "⊃", shared_background: "∩" };
export const glyphOf = (kind) => GLYPHS[kind] ?? "≈";
