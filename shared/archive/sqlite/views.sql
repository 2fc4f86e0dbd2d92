-- what each article is now: of its revisions the one that was fetched last, by the latest versions of the stages
DROP VIEW IF EXISTS articles_current;
CREATE VIEW articles_current AS
SELECT a.* FROM articles a WHERE NOT EXISTS (
    SELECT 1 FROM articles b WHERE b.article_id = a.article_id
    AND (coalesce(b.fetched_at, b.ingested_at), b.releases, b.common_version, b.written_ms, b.revision)
      > (coalesce(a.fetched_at, a.ingested_at), a.releases, a.common_version, a.written_ms, a.revision)
);

-- each copy beside what it is a copy of, as far as that is stored: the revision that it matches, or what later versions made of the same fetch
DROP VIEW IF EXISTS duplicates;
CREATE VIEW duplicates AS
SELECT a.article_id, a.revision, a.title, a.source, a.ingested_at, a.kind, a.duplicate_of,
    m.resemblance, m.containment, m.containment_of_other,
    o.title AS original_title, o.source AS original_source, o.ingested_at AS original_ingested_at,
    CAST(round((julianday(a.ingested_at) - julianday(o.ingested_at)) * 86400) AS INTEGER) AS delay_s
FROM articles_current a
LEFT JOIN matches m ON m.article = a.id AND m.position = 0
LEFT JOIN articles r ON r.article_id = m.other_article_id AND r.revision = m.other_revision
LEFT JOIN articles o ON o.id = (
    SELECT id FROM articles WHERE article_id = r.article_id AND coalesce(fetched_at, ingested_at) = coalesce(r.fetched_at, r.ingested_at)
    ORDER BY releases DESC, common_version DESC, written_ms DESC, revision DESC LIMIT 1
)
WHERE a.status = 'duplicate';

-- what entities of the articles link to, and in how many of them
DROP VIEW IF EXISTS links;
CREATE VIEW links AS
SELECT link_id, type, min(canonical) AS canonical, count(DISTINCT article) AS articles, sum(count) AS mentions
FROM articles_current a JOIN entities e ON e.article = a.id WHERE link_id IS NOT NULL GROUP BY link_id, type;
