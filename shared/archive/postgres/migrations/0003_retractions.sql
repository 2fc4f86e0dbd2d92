-- articles and sources that were taken back, or let in again: what was said of each last (docs/retraction.md)

CREATE TABLE retractions (
    key TEXT COLLATE "C" PRIMARY KEY, article_id TEXT COLLATE "C", source TEXT COLLATE "C", state TEXT NOT NULL, reason TEXT NOT NULL, at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX retractions_of_sources ON retractions (source) WHERE article_id IS NULL;
