"""`copydesk compare`: what differs between two versions of the same articles, told so that a person can judge it."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import orjson
import pytest

from copydesk.services.console import exits
from copydesk.services.console.__main__ import run
from copydesk.services.console.comparing.comparison import Comparison
from copydesk.services.console.comparing.differences import changes
from copydesk.shared.stage import Rejected
from tests.pipeline import write_lines

TEXT = "Mara Quill leads the repairs.\n\nStorms had damaged the pier twice."


def entity(name: str, kind: str, link: str | None = None) -> dict[str, Any]:
    return {"canonical": name, "type": kind, "mentions": [], "count": 1, "salience": 0.5, **({"link": {"id": link}} if link else {})}


def article(number: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "article_id": f"a{number}", "title": f"Notice {number}", "body": TEXT, "ingested_at": "2024-05-18T09:00:00.000Z", "revision": "r1",
        "versions": {"cleaner": "1", "tagger": "1"}, "entities": [entity("Mara Quill", "ORG"), entity("Elwick", "GPE", "geonames:5")],
        "quotes": [{"text": "None of them was safe", "speaker": "Mara Quill"}],
        "duplicate": {"status": "unique", "matches": []}, **more,
    }  # fmt: skip


def told(**more: Any) -> list[tuple[str, str | None, str | None]]:
    return [(change.kind, change.was, change.now) for change in changes(article(), article(**more))]


def test_what_names_a_version_or_a_run_is_no_difference() -> None:
    assert told(versions={"cleaner": "2"}, tagging={"model": "x"}, revision="r2", ingested_at="2025-01-01T00:00:00.000Z", furniture_version="7") == []


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            {"entities": [entity("Mara Quill", "PERSON", "test:quill"), entity("Averil", "GPE")]},
            [
                ("entities", "Mara Quill ORG", "Mara Quill PERSON (test:quill)"),
                ("entities", "Elwick GPE (geonames:5)", None),
                ("entities", None, "Averil GPE"),
            ],
        ),
        ({"entities": None, "quotes": None}, [("entities", "Mara Quill ORG", None), ("entities", "Elwick GPE (geonames:5)", None),
                                              ("quotes", "“None of them was safe” Mara Quill", None)]),
        ({"quotes": [{"text": "None of them was safe"}]},
         [("quotes", "“None of them was safe” Mara Quill", "“None of them was safe” nobody named")]),
        ({"duplicate": {"status": "duplicate", "kind": "near", "duplicate_of": "b", "matches": [{"article_id": "b"}, {"article_id": "c"}]}},
         [("verdict", "unique", "duplicate, near of b (b, c)")]),
        ({"title": "Notice 2", "language": "en"}, [("fields", None, "en"), ("fields", "Notice 1", "Notice 2")]),
        ({"body": TEXT.replace("twice", "once"), "blocks": [1], "removed": [2]},
         [("text", "Storms had damaged the pier twice.", "Storms had damaged the pier once.")]),
        ({"body": f"{TEXT}\n\nRead more"}, [("text", None, "Read more")]),
        ({"body": "\n\n".join(TEXT.split("\n\n")[::-1])}, [("text", "the same paragraphs", "in another order")]),
        ({"removed": [2]}, [("fields", None, "[2]")]),
    ],
)  # fmt: skip
def test_what_differs_is_told(more: dict[str, Any], expected: list[tuple[str, str | None, str | None]]) -> None:
    assert told(**more) == expected


def test_of_a_long_paragraph_the_place_is_shown() -> None:
    long = "word " * 200
    (change,) = changes(article(body=f"{long}old end"), article(body=f"{long}new end"))
    was, now = change.was, change.now
    assert was is not None
    assert now is not None
    assert (was.startswith("…"), was.endswith("old end"), now.endswith("new end")) == (True, True, True)


def test_rejections_count_as_what_a_version_makes() -> None:
    found = Comparison()
    found.take("a", Rejected("no_article", "one line"), Rejected("no_article", "two lines"))
    found.take("b", Rejected("no_article"), article())
    found.take("c", article(), Rejected("crashed"))
    assert (found.equal, dict(found.kinds)) == (1, {"rejection": 2})
    assert [example["changes"] for example in found.examples["rejection"]] == [
        [{"was": "rejected: no_article", "now": "passed"}],
        [{"was": "passed", "now": "rejected: crashed"}],
    ]


def test_two_files_in_any_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = {"versions": {"cleaner": "1", "tagger": "2"}}
    old = write_lines(tmp_path / "old.jsonl", [article(1), article(2), article(2, title="again"), article(3), article(5)])
    other = [
        article(4),
        article(3, **new, entities=[entity("Mara Quill", "PERSON")]),
        article(2, **new),
        article(2, **new, title="again"),
        article(1),
    ]
    packed = tmp_path / "new.jsonl.gz"
    packed.write_bytes(gzip.compress(b"".join(orjson.dumps(one) + b"\n" for one in other)))
    assert run(["compare", str(old), str(packed), "--format", "jsonl", "--examples", "1"]) == exits.DIFFERENT
    shown = capsys.readouterr()
    found = orjson.loads(shown.out)
    assert (found["articles"], found["equal"]) == (6, 3)
    assert found["changed"] == {"entities": 1, "only old": 1, "only new": 1}
    assert found["entities"][0] == {"was": "Mara Quill ORG", "now": "Mara Quill PERSON", "articles": 1}
    assert found["versions"]["new"]["tagger 2"] == 3
    assert found["examples"]["only old"] == [{"article_id": "a5", "title": "Notice 5", "changes": [{"was": "Notice 5", "now": None}]}]
    assert "6 articles, 3 of them differ" in shown.err


def test_a_person_reads_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = write_lines(tmp_path / "old.jsonl", [article(1), article(2, title="\x1b[31mred [bold]")])
    new = write_lines(tmp_path / "new.jsonl", [article(1), article(2, title="plain", entities=[entity("Mara Quill", "PERSON")])])
    assert run(["compare", str(old), str(new)]) == exits.DIFFERENT
    shown = capsys.readouterr().out
    assert "\x1b[31mred" not in shown
    for part in ("[bold]", "- Mara Quill ORG", "+ Mara Quill PERSON", "- title:", "Elwick GPE (geonames:5) → not found", "fields (title 1)"):
        assert part in shown, part
    assert run(["compare", str(old), str(old)]) == 0


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["compare"], exits.USAGE, "name two files, or a stage of Kafka"),
        (["compare", "{old}"], exits.USAGE, "name two files, or a stage of Kafka"),
        (["compare", "{old}", "{old}", "--stage", "tagger"], exits.USAGE, "name two files, or a stage of Kafka"),
        (["compare", "--stage", "tagger"], exits.USAGE, "say from when on"),
        (["compare", "--stage", "sink", "--since", "1h"], exits.USAGE, "there is no stage sink"),
        (["compare", "{old}", "{broken}"], exits.FAILURE, "it is no JSON object with an article_id — name two files"),
        (["compare", "{old}", "nowhere.jsonl"], exits.FAILURE, "nowhere.jsonl"),
    ],
)
def test_what_cannot_be_compared_is_told(words: list[str], code: int, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = write_lines(tmp_path / "old.jsonl", [article(1)])
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"article_id": "a"}\n[]\n')
    assert run([word.format(old=old, broken=broken) for word in words]) == code
    assert says in " ".join(capsys.readouterr().err.replace("│", "").split())
