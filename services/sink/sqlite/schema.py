"""Tables, indexes, full-text search and views of the SQLite file, and how a file comes to the present version.

`articles.id` is internal: it joins tables and is not stable from file to file. `record` is the whole enriched record with
the verdict as it stands; `verdict` is the one that came with it and `facts` are the corrections, from which it is folded.
"""

from __future__ import annotations

import random
import sqlite3
import time

import orjson

from copydesk.shared.errors import CopydeskError
from copydesk.shared.records.versions import common_version, releases

VERSION = 2

TABLES = """
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL, revision TEXT NOT NULL,
    ingested_at TEXT NOT NULL, fetched_at TEXT, published_at TEXT,
    title TEXT, body TEXT NOT NULL, author TEXT, source TEXT, url TEXT, language TEXT,
    dateline_place TEXT, dateline_date TEXT, dateline_agency TEXT,
    status TEXT NOT NULL, kind TEXT, duplicate_of TEXT, capped INTEGER NOT NULL,
    record TEXT NOT NULL, verdict TEXT NOT NULL,
    releases TEXT NOT NULL DEFAULT '', common_version TEXT NOT NULL DEFAULT '', written_ms INTEGER NOT NULL DEFAULT 0,
    UNIQUE (article_id, revision)
);
CREATE INDEX articles_ingested ON articles (ingested_at);
CREATE INDEX articles_published ON articles (published_at);
CREATE INDEX articles_source ON articles (source, ingested_at);
CREATE INDEX articles_duplicate_of ON articles (duplicate_of) WHERE duplicate_of IS NOT NULL;

CREATE TABLE entities (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, position INTEGER NOT NULL,
    canonical TEXT NOT NULL, type TEXT NOT NULL, count INTEGER NOT NULL, salience REAL NOT NULL,
    link_id TEXT, link_score REAL, link_method TEXT,
    PRIMARY KEY (article, position)
) WITHOUT ROWID;
CREATE INDEX entities_canonical ON entities (canonical, type);
CREATE INDEX entities_link ON entities (link_id) WHERE link_id IS NOT NULL;

CREATE TABLE mentions (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, entity INTEGER NOT NULL, position INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (article, entity, position)
) WITHOUT ROWID;

CREATE TABLE matches (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, position INTEGER NOT NULL,
    other_article_id TEXT NOT NULL, other_revision TEXT NOT NULL, kind TEXT NOT NULL,
    resemblance REAL NOT NULL, containment REAL NOT NULL, containment_of_other REAL NOT NULL, passages TEXT NOT NULL,
    PRIMARY KEY (article, position)
) WITHOUT ROWID;
CREATE INDEX matches_other ON matches (other_article_id, other_revision);

CREATE TABLE facts (
    fact_id TEXT PRIMARY KEY, article_id TEXT NOT NULL, revision TEXT NOT NULL, value BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX facts_node ON facts (article_id, revision);
"""

SEARCH = """
CREATE VIRTUAL TABLE articles_fts USING fts5 (title, body, content='articles', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER articles_inserted AFTER INSERT ON articles BEGIN
    INSERT INTO articles_fts (rowid, title, body) VALUES (new.id, new.title, new.body);
END;
CREATE TRIGGER articles_deleted AFTER DELETE ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
END;
CREATE TRIGGER articles_updated AFTER UPDATE OF title, body ON articles WHEN old.title IS NOT new.title OR old.body IS NOT new.body BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
    INSERT INTO articles_fts (rowid, title, body) VALUES (new.id, new.title, new.body);
END;
"""

VIEWS = """
-- what each article is now: of its revisions the one that was fetched last, by the latest versions of the stages
CREATE VIEW articles_current AS
SELECT a.* FROM articles a WHERE NOT EXISTS (
    SELECT 1 FROM articles b WHERE b.article_id = a.article_id
    AND (coalesce(b.fetched_at, b.ingested_at), b.releases, b.common_version, b.written_ms, b.revision)
      > (coalesce(a.fetched_at, a.ingested_at), a.releases, a.common_version, a.written_ms, a.revision)
);

-- each copy beside what it is a copy of, as far as that is stored: the revision that it matches, or what later versions made of the same fetch
CREATE VIEW duplicates AS
SELECT a.article_id, a.revision, a.title, a.source, a.ingested_at, a.kind, a.duplicate_of,
    m.resemblance, m.containment, m.containment_of_other,
    o.title AS original_title, o.source AS original_source, o.ingested_at AS original_ingested_at
FROM articles_current a
LEFT JOIN matches m ON m.article = a.id AND m.position = 0
LEFT JOIN articles r ON r.article_id = m.other_article_id AND r.revision = m.other_revision
LEFT JOIN articles o ON o.id = (
    SELECT id FROM articles WHERE article_id = r.article_id AND coalesce(fetched_at, ingested_at) = coalesce(r.fetched_at, r.ingested_at)
    ORDER BY releases DESC, common_version DESC, written_ms DESC, revision DESC LIMIT 1
)
WHERE a.status = 'duplicate';

-- what entities of the articles link to, and in how many of them
CREATE VIEW links AS
SELECT link_id, type, min(canonical) AS canonical, count(DISTINCT article) AS articles, sum(count) AS mentions
FROM articles_current a JOIN entities e ON e.article = a.id WHERE link_id IS NOT NULL GROUP BY link_id, type;
"""

ORDERED = """
DROP VIEW links;
DROP VIEW duplicates;
DROP VIEW articles_current;
ALTER TABLE articles ADD COLUMN releases TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN common_version TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN written_ms INTEGER NOT NULL DEFAULT 0;
UPDATE articles SET releases = releases_of(record), common_version = common_version_of(record);
"""

NEW = (TABLES, SEARCH, VIEWS)
FROM: dict[int, tuple[str, ...]] = {1: (ORDERED, VIEWS)}  # what brings a file from one version to the next


def prepare_tables(connection: sqlite3.Connection, patience_s: float) -> None:
    """Create the tables, or bring those of an earlier version up to date.

    Replicas may do so at the same time, each waiting up to `patience_s` seconds for the others.

    Raises CopydeskError for a file of a later version than this program knows.
    """
    _write_ahead(connection, patience_s)
    connection.create_function("releases_of", 1, lambda record: releases(orjson.loads(record)), deterministic=True)
    connection.create_function("common_version_of", 1, lambda record: common_version(orjson.loads(record)), deterministic=True)
    connection.execute("PRAGMA synchronous = FULL")  # an offset is committed after the write: the write has to outlive a power cut
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("BEGIN IMMEDIATE")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        connection.rollback()
        raise CopydeskError(f"the SQLite file has schema {version}, this program knows {VERSION}", "upgrade Copydesk or name another file")
    for script in NEW if version == 0 else (script for step in range(version, VERSION) for script in FROM[step]):
        for statement in _statements(script):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.commit()


def _write_ahead(connection: sqlite3.Connection, patience_s: float) -> None:
    """Switch to the write-ahead log. SQLite's own waiting leaves this statement out: it fails at once while another replica opens the file."""
    deadline = time.monotonic() + patience_s
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or time.monotonic() > deadline:
                raise
            time.sleep(random.uniform(0.005, 0.05))


def _statements(script: str) -> list[str]:
    """Single statements: `executescript` would end the transaction that keeps other replicas out."""
    found, buffer = [], ""
    for line in script.splitlines(keepends=True):
        buffer += line
        if sqlite3.complete_statement(buffer):
            found.append(buffer)
            buffer = ""
    return found
