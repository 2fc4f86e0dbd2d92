"""What holds for every body and any spans: exact offsets, order, determinism, independence; and salience."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.services.tagger.entities import default_resolver
from copydesk.services.tagger.spans import RawSpan
from tests.unit.tagger.entities.marked import check_offsets, named, resolve_marked

LABELS = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "DATE", "EVENT", "MISC")
PIECES = st.sampled_from([
    "Joe Biden", "President ", "U.S.", "US", "-", "Japan", "Japanese", "“", "”", '"', "’s", " said ", "said", ". ", ", ", "\n\n", " the ", "The ",
    "Dr.", "Paris", ", Texas", "(", ")", "NATO", "$5 million", "5%", "Friday", "May 3, 2020", "https://x.org/a",
    "é", "İ", "ß", "😀", "\u00a0", " ", "of", "Inc.",
    "al", "bin", "Georgia", "NYSE: IBM", "ﬁ", "\u2028", "\r\n", "King", "Mr. ", "he", "according to ", "Hayashi",
])  # fmt: skip


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[RawSpan]]:
    body = "".join(draw(st.lists(PIECES, max_size=40)))
    cuts = sorted(draw(st.sets(st.integers(0, len(body)), max_size=16)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return body, [RawSpan(start, end, draw(st.sampled_from(LABELS))) for start, end in pairs]


@settings(max_examples=120)
@given(articles(), st.sampled_from(["en", "de", None]))
def test_offsets_are_exact_whatever_comes(article: tuple[str, list[RawSpan]], language: str | None) -> None:
    body, spans = article
    result = default_resolver().resolve(body, spans, None, language)
    check_offsets(body, result)
    assert result == default_resolver().resolve(body, spans, None, language)


def test_no_article_knows_of_another() -> None:
    one, other = "[Joe Biden|PERSON] met [Kishida|PERSON] in [Paris|LOC].", "[Fumio Kishida|PERSON] left [Paris|LOC], Texas."
    alone = resolve_marked.__wrapped__(one)
    resolve_marked.__wrapped__(other)
    assert resolve_marked.__wrapped__(one) == alone


SCRIPT = """
from tests.unit.tagger.entities.test_resolver_properties import dumped
print(dumped())
"""
MIXED = (
    "[Ann Smith|PERSON] of [Acme Inc|ORG] and [Bo Smith|PERSON] in [Paris|LOC], [Texas|LOC]. "
    "[Smith|PERSON] said “it is so.” [Acme|ORG] [Smith|LOC] [U.N.|ORG] [US|LOC] [United Nations|ORG]"
)


def dumped() -> str:
    result = resolve_marked(MIXED)
    return "\n".join(record.model_dump_json() for record in (*result.entities, *result.quotes))


def test_the_seed_of_hashing_changes_nothing() -> None:
    root = Path(__file__).resolve().parents[4]
    environment = {"PYTHONHASHSEED": "4242", "PYTHONPATH": str(root), "PYTHONUTF8": "1"}
    run = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, cwd=root, capture_output=True, check=True)
    assert run.stdout.decode().strip() == dumped()


def test_an_empty_body() -> None:
    assert default_resolver().resolve("", [], None, "en") == ([], [])


def test_salience_rewards_place_frequency_spread_and_headline() -> None:
    marked = "[Ann Smith|PERSON] won. [Smith|PERSON] cheered.\n\n[Bo Li|PERSON] lost to [Smith|PERSON].\n\nA friend of [Cy Dow|PERSON] wept."
    plain = resolve_marked(marked)
    order = [e.canonical for e in sorted(plain.entities, key=lambda e: -e.salience)]
    assert order == ["Ann Smith", "Bo Li", "Cy Dow"]
    headed = resolve_marked(marked, title="Bo Li's long defeat")
    assert named(headed, "Bo Li").salience == pytest.approx(named(plain, "Bo Li").salience + 0.15)
    assert named(headed, "Ann Smith").salience == named(plain, "Ann Smith").salience
    assert named(plain, "Ann Smith").salience == pytest.approx(0.85)
