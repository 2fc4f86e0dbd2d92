"""The contract: what is on each topic. One file for each stage's part; JSON Schema is generated from these models.

A record is one flat JSON object, the envelope. Each stage adds its part and changes nothing that stands there already.
Fields that no model knows survive: a newer producer may send them. A field that is absent means "not run"; an empty
list means "run, none found".
"""

from copydesk.shared.records.base import Part, Revision
from copydesk.shared.records.cleaned import CleanedArticle, CleanedPart
from copydesk.shared.records.duplicate import DeduplicatedArticle, DuplicatePart, PairFact
from copydesk.shared.records.enriched import EnrichedArticle, EntitiesPart
from copydesk.shared.records.raw import RawArticle

__all__ = [
    "CleanedArticle",
    "CleanedPart",
    "DeduplicatedArticle",
    "DuplicatePart",
    "EnrichedArticle",
    "EntitiesPart",
    "PairFact",
    "Part",
    "RawArticle",
    "Revision",
]
