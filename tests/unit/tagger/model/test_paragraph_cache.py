from copydesk.services.tagger.model.cache import ParagraphCache
from copydesk.services.tagger.spans import RawSpan


def spans(start: int) -> tuple[RawSpan, ...]:
    return (RawSpan(start, start + 3, "ORG"),)


def test_an_entry_belongs_to_a_text_and_a_model_version() -> None:
    cache = ParagraphCache(10)
    cache.put(cache.key("text", "v1"), spans(0))
    assert cache.get(cache.key("text", "v1")) == spans(0)
    assert cache.get(cache.key("text", "v2")) is None
    assert cache.get(cache.key("texts", "v1")) is None
    assert (cache.hits, cache.misses) == (1, 2)


def test_the_least_recently_used_entry_goes_first() -> None:
    cache = ParagraphCache(2)
    keys = [cache.key(text, "v") for text in "abc"]
    cache.put(keys[0], spans(0))
    cache.put(keys[1], spans(1))
    cache.get(keys[0])
    cache.put(keys[2], spans(2))
    assert cache.get(keys[1]) is None
    assert cache.get(keys[0]) == spans(0)
    assert len(cache) == 2


def test_no_entities_is_something_to_remember() -> None:
    cache = ParagraphCache(2)
    cache.put(cache.key("nothing here", "v"), ())
    assert cache.get(cache.key("nothing here", "v")) == ()


def test_a_size_of_zero_remembers_nothing() -> None:
    cache = ParagraphCache(0)
    cache.put(cache.key("a", "v"), spans(0))
    assert len(cache) == 0
