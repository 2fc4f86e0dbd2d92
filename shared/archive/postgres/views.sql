-- what each article is now: of its revisions the one that was fetched last, by the latest versions of the stages
DROP VIEW IF EXISTS stories, links, duplicates, articles_current;
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
    o.title AS original_title, o.source AS original_source, o.ingested_at AS original_ingested_at,
    round(extract(epoch FROM a.ingested_at - o.ingested_at))::bigint AS delay_s
FROM articles_current a
LEFT JOIN matches m ON m.article = a.id AND m.position = 0
LEFT JOIN articles r ON r.article_id = m.other_article_id AND r.revision = m.other_revision
LEFT JOIN LATERAL (
    SELECT * FROM articles WHERE article_id = r.article_id AND coalesce(fetched_at, ingested_at) = coalesce(r.fetched_at, r.ingested_at)
    ORDER BY releases DESC, common_version DESC, written_ms DESC, revision DESC LIMIT 1
) o ON true
WHERE a.status = 'duplicate';

-- what entities of the articles link to, and in how many of them
CREATE VIEW links AS
SELECT link_id, type, min(canonical) AS canonical, count(DISTINCT article) AS articles, sum(count) AS mentions
FROM articles_current a JOIN entities e ON e.article = a.id WHERE link_id IS NOT NULL GROUP BY link_id, type;

-- stories by their ids, of the articles that are stored; the title is that of the article that opens the story, else of the first that is there
CREATE VIEW stories AS
SELECT s.story, count(*) AS articles, count(DISTINCT a.source) AS outlets, sum(s.copied) AS copies,
    min(a.published) AS first_seen, max(a.published) AS last_update,
    coalesce((SELECT title FROM articles_current o WHERE o.article_id = s.story), min(a.title COLLATE "C")) AS title
FROM article_stories s JOIN (
    SELECT article_id, title, source,
        CASE WHEN substr(published_at, 1, 10) <= to_char(ingested_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') THEN published_at
        ELSE to_char(ingested_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') END AS published
    FROM articles_current
) a ON a.article_id = s.article_id
GROUP BY s.story;
