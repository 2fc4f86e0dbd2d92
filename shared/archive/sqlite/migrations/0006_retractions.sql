-- articles and sources that were taken back, or let in again: what was said of each last (docs/retraction.md)

CREATE TABLE retractions (
    key TEXT PRIMARY KEY, article_id TEXT, source TEXT, state TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX retractions_of_sources ON retractions (source) WHERE article_id IS NULL;
