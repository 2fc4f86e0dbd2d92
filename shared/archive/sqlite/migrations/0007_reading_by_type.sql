-- a search by the type of entities alone

CREATE INDEX entities_type ON entities (type, article);
