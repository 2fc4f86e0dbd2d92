"""Knowledge of the world: places with open identifiers, and people and organisations from JSON Lines files.

`Gazetteer.read(paths)` gives the gazetteer, `Watched(paths)` one that follows its files.
"""

from copydesk.services.tagger.gazetteer.entries import GazetteerEntry
from copydesk.services.tagger.gazetteer.gazetteer import Gazetteer
from copydesk.services.tagger.gazetteer.geography import Geography, world
from copydesk.services.tagger.gazetteer.places import Place
from copydesk.services.tagger.gazetteer.reload import ReloadedGazetteer
from copydesk.services.tagger.gazetteer.settings import GazetteerSettings

__all__ = ["Gazetteer", "GazetteerEntry", "GazetteerSettings", "Geography", "Place", "ReloadedGazetteer", "world"]
