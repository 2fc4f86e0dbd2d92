"""What a gazetteer knows of one person, organisation or place."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

EntryType = Literal["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "MISC"]


class GazetteerEntry(BaseModel):
    """One line of a gazetteer file. The first name is the canonical one; a name “the …” counts only behind its article.

    A line {"label", "pattern", "id"} with a string pattern, as spaCy's EntityRuler writes it, is read as an entry of one name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1, description="Identifier with its scheme, such as wikidata:Q1065 or desk:42.")
    names: tuple[str, ...] = Field(min_length=1)
    type: EntryType
    description: str = ""

    @model_validator(mode="before")
    @classmethod
    def _from_ruler(cls, data: Any) -> Any:
        if isinstance(data, dict) and "pattern" in data:
            if not isinstance(data["pattern"], str):
                raise ValueError("'pattern' is a list of tokens; write the names as text in 'names'")
            return {"id": data.get("id"), "names": [data["pattern"]], "type": data.get("label")}
        return data

    @field_validator("names")
    @classmethod
    def _no_empty_name(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if any(not name.strip() for name in names):
            raise ValueError("has an empty name")
        return tuple(name.strip() for name in names)

    @property
    def name(self) -> str:
        """The canonical name."""
        return self.names[0].removeprefix("the ")
