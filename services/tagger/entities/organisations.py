"""Mentions of one organisation: acronym and long form, “Department of X” and “X Department”, company suffixes, short forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from copydesk.services.tagger.entities import words as w
from copydesk.services.tagger.entities.drafts import Cluster, Draft
from copydesk.services.tagger.naming import REMEMBERED, fold_name

OFFICE_OF = re.compile(r"^(?:(?:united states|us|u\.s\.|american) )?(department|ministry|secretary|bureau|office) of (?:the )?(.+)$")
NATION = re.compile(
    r"^(?:united states|us|american) (?=.+ (?:department|ministry|army|navy|air force|senate|congress|house|court|justice)\b|"
    r"department|ministry|army|navy|air force|senate|congress|house|supreme court)"
)
SHORT_TAILS = w.COMPANY_SUFFIXES | w.word_list(
    "university college motor motors airlines airways foundation institute international technologies technology mining energy resources capital "
    "partners foods pharmaceuticals pharma electronics industries systems software media entertainment financial insurance petroleum oil gas "
    "steel networks communications telecom laboratories labs brands stores healthcare therapeutics biosciences logistics shipping studios pictures "
    "records securities investments ventures chemicals chemical semiconductor semiconductors aerospace aviation airline hotels resorts properties "
    "robotics instruments solutions and"
)
ACRONYM = re.compile(r"(?:[A-Z]\.?){2,8}s?|[A-Z][A-Za-z]?[A-Z&]{1,6}")


SPACE = re.compile(" ")


@lru_cache(REMEMBERED)
def normal(name: str) -> str:
    """The form in which names of organisations are compared: “U.S. Department of State” -> “state department”."""
    key = fold_name(name).replace(" & ", " and ").removeprefix("the ")
    key = NATION.sub("", key)
    match = OFFICE_OF.match(key)
    if match and match.group(1) in {"department", "ministry"}:
        key = f"{match.group(2)} {match.group(1)}"
    words = key.replace(",", " ").split()
    while len(words) > 1 and words[-1] in w.COMPANY_SUFFIXES:
        words.pop()
    return " ".join(words)


@lru_cache(REMEMBERED)
def initials(name: str) -> frozenset[str]:
    """The acronyms that a long form may have: of its capitalised words, of all its words, without a last “organisation”."""
    words = [word for word in re.split(r"[\s/-]+", name.replace("’", "'")) if word and word[0].isalnum()]
    founded = len(words) > 2 and words[-1].strip(".,").lower() in w.COMPANY_SUFFIXES
    shorter = initials(" ".join(words[:-1])) if founded else frozenset[str]()  # IBM: International Business Machines Corp.
    capital = "".join(word[0] for word in words if word[0].isupper()).lower()
    every = "".join(word[0] for word in words).lower()
    content = "".join(word[0] for word in words if word.lower() not in w.LINKING).lower()
    return shorter | frozenset(found for found in (capital, every, content) if len(found) > 1)


def group_organisations(body: str, drafts: list[Draft], is_place: Callable[[str], bool]) -> list[Cluster]:
    """Clusters of ORG mentions."""
    clusters: dict[str, Cluster] = {}
    for draft in drafts:
        key = normal(draft.text)
        if key in clusters:
            clusters[key].take([draft])
        else:
            clusters[key] = Cluster.of([draft], "ORG")
    _join(clusters, LongForms(body, clusters.values()).of)
    _join(clusters, LongerNames(clusters, is_place).of)
    for cluster in clusters.values():
        cluster.canonical = _canonical(cluster)
    return list(clusters.values())


def _join(clusters: dict[str, Cluster], home_of: Callable[[str, Cluster], Cluster | None]) -> None:
    for key, cluster in list(clusters.items()):
        home = home_of(key, cluster)
        if home is not None and home is not cluster:
            home.absorb(cluster)
            del clusters[key]


def is_acronym(text: str) -> bool:
    """Whether the name is one word of capitals, such as “NATO” or “U.N.”."""
    return " " not in text and bool(ACRONYM.fullmatch(text))


class LongForms:
    """What acronyms stand for among the organisations of an article."""

    def __init__(self, body: str, clusters: Iterable[Cluster]) -> None:
        self._body = body
        self._ending: dict[int, Cluster] = {}
        self._abbreviated: dict[str, dict[int, Cluster]] = {}
        for cluster in clusters:
            self._ending.update((m.end, cluster) for m in cluster.mentions)
            for letters in {letters for form in cluster.forms() if " " in form for letters in initials(form)}:
                self._abbreviated.setdefault(letters, {})[id(cluster)] = cluster

    def of(self, _: str, cluster: Cluster) -> Cluster | None:
        """The cluster that an acronym stands for: the one printed before it in brackets, else the only one with its initials."""
        first = cluster.mentions[0]
        if not is_acronym(first.text):
            return None
        for length in (1, 2):
            before = self._ending.get(first.start - length)
            if before is not None and before is not cluster and self._body[first.start - length : first.start].strip() == "(":
                return before
        fitting = [c for c in self._abbreviated.get(first.key.replace("&", ""), {}).values() if c is not cluster]
        return fitting[0] if len(fitting) == 1 else None


class LongerNames:
    """Organisations by the words with which their names begin."""

    def __init__(self, clusters: Mapping[str, Cluster], is_place: Callable[[str], bool]) -> None:
        self._is_place = is_place
        self._beginning: dict[str, dict[str, Cluster]] = {}
        self._ending: dict[str, dict[str, Cluster]] = {}
        for key, cluster in clusters.items():
            if " " in key:
                self._ending.setdefault(key.rpartition(" ")[2], {})[key] = cluster
            for space in (m.start() for m in SPACE.finditer(key)):
                self._beginning.setdefault(key[:space], {})[key[space + 1 :]] = cluster

    def of(self, key: str, _: Cluster) -> Cluster | None:
        """The only organisation whose name goes on after this one with words such as “University”, “Motor Company”, “of Iraq”; of a
        newspaper the one whose name ends with this one: “the Post” of the Morning Post."""
        if self._is_place(key) and key not in w.ORGANISATION_WORDS:
            return None
        if key in w.PAPERS:
            ending = self._ending.get(key, {})
            return next(iter(ending.values())) if len(ending) == 1 else None
        fitting = [c for rest, c in self._beginning.get(key, {}).items() if rest.startswith(("of ", "for ")) or set(rest.split()) <= SHORT_TAILS]
        return fitting[0] if len(fitting) == 1 else None


def _canonical(cluster: Cluster) -> str:
    """The long form printed most often; an acronym only where nothing else is printed."""
    forms = [form for form in cluster.forms() if not is_acronym(form)] or list(cluster.forms())
    return cluster.best_form([form for form in forms if " " in form] or forms)
