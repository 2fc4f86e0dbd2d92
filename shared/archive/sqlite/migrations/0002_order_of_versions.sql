-- of several records for one article the latest versions' stands (docs/upgrading.md)

ALTER TABLE articles ADD COLUMN releases TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN common_version TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN written_ms INTEGER NOT NULL DEFAULT 0;
UPDATE articles SET releases = releases_of(record), common_version = common_version_of(record);
