"""Settings of the sink that mirrors records to another topic."""

from __future__ import annotations

from pydantic import Field

from copydesk.shared.settings import ServiceSettings
from copydesk.shared.subscribing.filters import Filter


class MirrorSettings(ServiceSettings):
    """Which records go where; the conditions are those of `copydesk subscribe`, and all that are set have to hold."""

    mirror_topic: str = Field(
        "articles.mirrored",
        min_length=1,
        max_length=200,
        description="Topic for the articles; `.corrections` and `.retractions` for those.",
    )
    mirror_bootstrap_servers: str | None = Field(None, description="Brokers of the other cluster; those that are read from where it is not set.")
    mirror_entity: str | None = Field(None, description="Part of a name, or a whole link id, that an entity has.")
    mirror_type: str | None = Field(None, description="Type of that entity, or of any.")
    mirror_salience: float | None = Field(None, ge=0, le=1, description="Least salience of that entity, or of any.")
    mirror_source: str | None = Field(None, description="Source, or the host of the URL or a domain above it.")
    mirror_language: str | None = Field(None, description="Language, with or without a region.")
    mirror_title: str | None = Field(None, description="Part of the title.")
    mirror_no_duplicates: bool = Field(False, description="Leave out what is known as a copy when it passes.")

    @property
    def chosen(self) -> Filter:
        return Filter(
            entity=self.mirror_entity, kind=self.mirror_type, salience=self.mirror_salience, source=self.mirror_source,
            language=self.mirror_language, title=self.mirror_title, no_duplicates=self.mirror_no_duplicates,
        )  # fmt: skip
