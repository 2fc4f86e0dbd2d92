"""Knowledge of the world: places with open identifiers, and people and organisations from JSON Lines files.

`Gazetteer.read(paths)` gives the gazetteer, `Watched(paths)` one that follows its files.
"""

from services.tagger.gazetteer.entries import Entry
from services.tagger.gazetteer.gazetteer import Gazetteer
from services.tagger.gazetteer.geography import Geography, world
from services.tagger.gazetteer.places import Place
from services.tagger.gazetteer.reload import Watched
from services.tagger.gazetteer.settings import GazetteerSettings

__all__ = ["Entry", "Gazetteer", "GazetteerSettings", "Geography", "Place", "Watched", "world"]
