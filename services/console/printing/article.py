"""An enriched record as a person wants to read it: the article, then what was found in it and what was taken away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from copydesk.shared.printable import printable_record
from copydesk.shared.records.plain import Record

MEASURE = 100  # columns that a text is at most wide
DESCRIPTIONS = {
    "exact": "same as", "near": "nearly", "excerpt": "excerpt of", "expansion": "contains", "shared_background": "shares background with",
}  # fmt: skip
LISTED = 12  # removed blocks, repairs and captions that are shown of each
LABEL_WIDTH = 10
EXCERPT = 600  # characters of a raw record's content
NEARBY = 20  # characters of a repaired word shown on either side
COLOURS = {
    "PERSON": "magenta", "ORG": "cyan", "GPE": "green", "LOC": "green", "FAC": "green",
    "NORP": "blue", "DATE": "yellow", "TIME": "yellow", "EVENT": "red", "MISC": "red",
}  # fmt: skip


MARKS = {"PERSON": "bold underline", "ORG": "italic underline"}  # told apart from places and the rest where there is no colour
OPENING, CLOSING = "“„«‹‘‚「『\"'", "”“»›’‘」』\"'"


def print_record(console: Console, record: Record) -> None:
    """Print one record; parts that a record lacks are left out. Identifiers come last, and no line is cut within them or within a URL."""
    shown = printable_record(record)
    console.print(Constrain(article_to_print(shown), MEASURE))
    for line in identifiers(shown):
        console.print(line, soft_wrap=True)


def article_to_print(record: Record) -> RenderableType:
    """All sections of a record that have something to say, from the title to the copies."""
    sections = (
        _heading(record), _body(record) or _content(record), _captions(record), _removed(record), _repairs(record),
        _entities(record), _quotes(record), _copies(record), _background(record),
    )  # fmt: skip
    return Group(*(section for section in sections if section is not None))


def _heading(record: Record) -> RenderableType:
    title = Text(str(record.get("title") or "Without a title"), style="bold" if record.get("title") else "dim italic")
    facts = Text(" · ").join(Text(fact, style="dim") for fact in _facts(record))
    return Group(Rule(style="bright_black", characters="━"), title, *([facts] if facts else []), Text())


def _facts(record: Record) -> Iterator[str]:
    """Place, date, agency, author, source and language: as far as they are known."""
    dateline = record.get("dateline") or {}
    date = dateline.get("date") or record.get("published_at")
    inferred = " (year inferred)" if dateline.get("year_inferred") else ""
    yield from filter(None, (dateline.get("place"), f"{date}{inferred}" if date else None, dateline.get("agency")))
    if author := record.get("author") or record.get("byline"):
        yield f"by {author}"
    yield from filter(None, (record.get("source"), record.get("language")))
    if "body" not in record:  # a raw record has not much to show
        yield from filter(None, (record.get("content_type"), f"fetched {record['fetched_at']}" if record.get("fetched_at") else None))


def _body(record: Record) -> RenderableType | None:
    body = record.get("body")
    if not body:
        return None
    text = Text(body)
    for entity in record.get("entities") or ():
        for mention in entity["mentions"]:
            text.stylize(f"{_colour(entity['type'])} {MARKS.get(entity['type'], 'underline')}", mention["start"], mention["end"])
    return Padding(text, (0, 0, 1, 2))


def _content(record: Record) -> RenderableType | None:
    """The beginning of what came in, where nobody has cleaned it yet."""
    content = record.get("content")
    if not isinstance(content, str) or not content:
        return None
    if record.get("encoding") == "base64":
        return Padding(Text(f"{len(content) * 3 // 4:,} bytes, whose charset the cleaner detects", style="dim italic"), (0, 0, 1, 2))
    more = f"\n… and {len(content) - EXCERPT:,} more characters" if len(content) > EXCERPT else ""
    return Padding(Text.assemble(content[:EXCERPT].strip(), (more, "dim")), (0, 0, 1, 2))


def _colour(kind: str) -> str:
    return COLOURS.get(kind, "bright_black")


def _section(label: str, rows: Sequence[RenderableType], count: int = 0) -> RenderableType | None:
    """Rows beside a label; `count` is how many there are when not all are shown."""
    if not rows:
        return None
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=LABEL_WIDTH, no_wrap=True)
    table.add_column(ratio=1)
    for number, row in enumerate(rows):
        table.add_row(Text(label if number == 0 else "", style="bold"), row)
    if count > len(rows):
        table.add_row("", Text(f"… and {count - len(rows)} more", style="dim"))
    return Padding(table, (0, 0, 1, 0))


def _captions(record: Record) -> RenderableType | None:
    captions = record.get("captions") or ()
    rows = [Text.assemble(caption["text"], (f"  {caption['credit']}" if caption.get("credit") else "", "dim")) for caption in captions[:LISTED]]
    return _section("Captions", rows, len(captions))


def _removed(record: Record) -> RenderableType | None:
    removed = record.get("removed") or ()
    if not removed:
        return None
    width = min(24, max(len(_words(block["reason"])) for block in removed[:LISTED]))
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=width, no_wrap=True, overflow="ellipsis", style="yellow")
    table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    for block in removed[:LISTED]:
        table.add_row(_words(block["reason"]), Text(" ".join(block["text"].split()), style="dim strike"))
    rows: list[RenderableType] = [table]
    if len(removed) > LISTED:
        rows.append(Text(f"… and {len(removed) - LISTED} more", style="dim"))
    return _section("Removed", rows)


def _words(code: str) -> str:
    return code.replace("_", " ")


def _repairs(record: Record) -> RenderableType | None:
    repairs = [repair for repair in record.get("repairs") or () if "\n" not in repair["before"] + repair["after"]]  # not mere layout
    return _section("Repaired", [_repair(record, repair) for repair in repairs[:LISTED]], len(repairs))


def _repair(record: Record, repair: Record) -> Text:
    """Both forms within their word, since a repair may be no more than a space; in marks where what was fetched is not at hand."""
    content = "" if record.get("encoding") == "base64" else str(record.get("content") or "")
    if not content:
        return Text.assemble((f"“{repair['before']}”", "dim"), " → ", f"“{repair['after']}”")
    left, right = content[: repair["start"]].split(" ")[-1], content[repair["end"] :].split(" ")[0]
    left, right = left.split("\n")[-1][-NEARBY:], right.split("\n")[0][:NEARBY]
    return Text.assemble((f"{left}{repair['before']}{right}", "dim"), " → ", f"{left}{repair['after']}{right}")


def _entities(record: Record) -> RenderableType | None:
    entities = record.get("entities")
    if entities is None:
        tagging = record.get("tagging") or {}
        said = [Text(f"not looked for: {_words(tagging['not_run'])}", style="dim")] if tagging.get("not_run") else []
        return _section("Entities", [*said, *([Text(tagging["remedy"], style="dim")] if said and tagging.get("remedy") else [])])
    if not entities:
        return _section("Entities", [Text("none", style="dim")])
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for kind, members in _by_type(entities).items():
        table.add_row(Text(kind, style=_colour(kind)), Text(" · ", style="dim").join(map(_entity, members)))
    return _section("Entities", [table])


def _by_type(entities: Iterable[Record]) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = {}
    for entity in entities:
        groups.setdefault(entity["type"], []).append(entity)
    return groups


def _entity(entity: Record) -> Text:
    count = f" ×{entity['count']}" if entity.get("count", 1) > 1 else ""
    link = f" {entity['link']['id']}" if entity.get("link") else ""
    return Text.assemble(entity["canonical"], (count, "bold"), (link, "dim"))


def _quotes(record: Record) -> RenderableType | None:
    quotes = record.get("quotes") or ()
    return _section("Quotes", [_quote(record, quote) for quote in quotes[:LISTED]], len(quotes))


def _quote(record: Record, quote: Record) -> Text:
    """The words in the marks that the article has around them, without the comma that belongs to the sentence around."""
    words = quote["text"].strip()
    body = record.get("body") or ""
    around = body[max(0, quote["start"] - 1) : quote["start"]], body[quote["end"] : quote["end"] + 1]
    if words[:1] in OPENING and words[-1:] in CLOSING and len(words) > 1:
        around, words = (words[0], words[-1]), words[1:-1]
    opening, closing = around if around[0] and around[0] in OPENING and around[1] and around[1] in CLOSING else ("“", "”")
    speaker = f"  — {quote['speaker']}" if quote.get("speaker") else ""
    return Text.assemble(f"{opening}{words.strip().rstrip(',;、，')}{closing}", (speaker, "dim"))


def _copies(record: Record) -> RenderableType | None:
    verdict = record.get("duplicate")
    if not verdict:
        return None
    if verdict["status"] == "unique":
        return _section("Copies", [Text("none seen before it", style="green")])
    matches = verdict.get("matches") or ()
    return _section("Copies", [_match(match) for match in matches[:LISTED]] or [_first(verdict)], len(matches))


def _background(record: Record) -> RenderableType | None:
    shared = (record.get("duplicate") or {}).get("background") or ()
    return _section("Background", [_match(match, "dim") for match in shared[:LISTED]], len(shared))


def _first(verdict: Record) -> Text:
    other = verdict.get("duplicate_of")
    return Text(f"{describe(verdict.get('kind'))} {f'article {other}' if other else 'an earlier article'}", style="red")


def _match(match: Record, style: str = "red") -> Text:
    return Text.assemble((f"{describe(match.get('kind'))} article {match['article_id']}", style), (f"  {shared_percentages(match)}", "dim"))


def shared_percentages(match: Record) -> str:
    """How much of one article stands in the other, both ways."""
    return f"{match['containment']:.0%} of it there, {match['containment_of_other']:.0%} of that here"


def describe(kind: str | None) -> str:
    """The kind of a match, as it stands before the other article's id."""
    return DESCRIPTIONS.get(kind or "", "copy of")


def identifiers(record: Record) -> Iterator[Text]:
    """A line for each: what one needs to find the record elsewhere."""
    names = {"article": "article_id", "revision": "revision", "url": "url", "origin": "origin"}
    for label, name in names.items():
        if record.get(name):
            yield Text.assemble((f"{label:<{LABEL_WIDTH}}  ", "dim"), (str(record[name]), "bright_black"))
