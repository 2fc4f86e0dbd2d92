"""What a source repeats: lines that recur on many of its articles, learned over the log.

learn(records)                one pass over raw records, in bounded memory → Furniture; a Learner takes them one by one
Furniture.for_source(source)  what a cleaner asks: the version, and whether a line is repeated
write(furniture, path)        as a file, one source a line; read(path) is the opposite
"""

from copydesk.services.cleaner.sources.furniture import Furniture, SourceFurniture, line_key
from copydesk.services.cleaner.sources.furniture_files import read_furniture, write_furniture
from copydesk.services.cleaner.sources.learn import Evidence, Learner, learn_furniture
from copydesk.shared.records.sources import source_of

__all__ = ["Evidence", "Furniture", "Learner", "SourceFurniture", "learn_furniture", "line_key", "read_furniture", "source_of", "write_furniture"]
