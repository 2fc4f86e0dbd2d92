-- what answers take that are read page by page: newest first, by source, by language, by status, by name in any case of letters

CREATE INDEX articles_newest ON articles (ingested_at, article_id);
CREATE INDEX articles_of_source ON articles (source, ingested_at, status, article_id);
CREATE INDEX articles_of_language ON articles (language, ingested_at, article_id);
CREATE INDEX articles_of_status ON articles (status, ingested_at, article_id);
CREATE INDEX entities_name ON entities (canonical COLLATE NOCASE, article);
DROP INDEX articles_ingested;
DROP INDEX articles_source;
