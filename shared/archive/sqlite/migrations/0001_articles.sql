-- articles with what is in them, corrections, and full-text search

CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL, revision TEXT NOT NULL,
    ingested_at TEXT NOT NULL, fetched_at TEXT, published_at TEXT,
    title TEXT, body TEXT NOT NULL, author TEXT, source TEXT, url TEXT, language TEXT,
    dateline_place TEXT, dateline_date TEXT, dateline_agency TEXT,
    status TEXT NOT NULL, kind TEXT, duplicate_of TEXT, capped INTEGER NOT NULL,
    record TEXT NOT NULL, verdict TEXT NOT NULL,
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
