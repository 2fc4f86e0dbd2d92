"""Values that the shell completes: what is typed so far → what it may become, with a word about it where the shell shows that."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Completions = list[tuple[str, str]]
Complete = Callable[[str], Completions]
MOST_REPLICAS = 4  # that are offered


def begun(words: Iterable[tuple[str, str]], incomplete: str) -> Completions:
    return [(word, about) for word, about in words if word.startswith(incomplete)]


def listed(complete: Complete) -> Complete:
    """Names with commas between them; those that stand there already are not offered again: `clean,d` → `clean,dedup`."""

    def completed(incomplete: str) -> Completions:
        before, comma, last = incomplete.rpartition(",")
        return [(f"{before}{comma}{word}", about) for word, about in complete(last) if word not in before.split(",")]

    return completed


def stages(incomplete: str) -> Completions:
    """Stages by the names that `enrich` takes."""
    from copydesk.shared.topology import STAGES

    return begun(((name, service.name) for name, service in STAGES.items()), incomplete)


def services(incomplete: str) -> Completions:
    from copydesk.shared.topology import SERVICES

    return begun(((service.name, "") for service in SERVICES), incomplete)


def optional_services(incomplete: str) -> Completions:
    from copydesk.shared.topology import SERVICES

    return begun(((service.name, "") for service in SERVICES if service.optional), incomplete)


def replicas(incomplete: str) -> Completions:
    """`tag` → `tagger=1`, `tagger=2` and so on; as long as several services are possible, their names up to the `=`."""
    found = [name for name, _ in services(incomplete.partition("=")[0])]
    counts = range(1, MOST_REPLICAS + 1) if len(found) == 1 else ("",)
    return begun(((f"{name}={count}", "") for name in found for count in counts), incomplete)


def topics(incomplete: str) -> Completions:
    """Topics by their last word, as `subscribe` takes them."""
    from copydesk.shared.subscribing.records import TOPICS

    return begun(((name, topic.description) for name, topic in TOPICS.items()), incomplete)


def languages(incomplete: str) -> Completions:
    """Languages by their code in ISO 639-1."""
    import pycountry

    return begun(((found.alpha_2, found.name) for found in pycountry.languages if hasattr(found, "alpha_2")), incomplete)


def scopes(incomplete: str) -> Completions:
    """What a key may be for."""
    from copydesk.services.gateway.settings import SCOPES

    return begun(((scope, "") for scope in SCOPES), incomplete)


def views(incomplete: str) -> Completions:
    """Views of the page."""
    return begun(((view, "") for view in ("live", "search", "entities", "sources", "flow", "deadletters")), incomplete)
