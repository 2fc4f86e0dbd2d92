"""What a source repeats: lines that recur on many of its articles, learned over the log.

learn(records)                one pass over raw records, in bounded memory → Furniture
learn_file(inputs, output)    the same over files of raw records, written to a file
Furniture.for_source(source)  what a cleaner asks: the version, and whether a line is repeated
"""

from services.cleaner.sources.files import learn_file, read, write
from services.cleaner.sources.furniture import Furniture, SourceFurniture, line_key, source_of
from services.cleaner.sources.learn import Evidence, Learner, learn

__all__ = ["Evidence", "Furniture", "Learner", "SourceFurniture", "learn", "learn_file", "line_key", "read", "source_of", "write"]
