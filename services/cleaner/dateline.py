"""Datelines: "Jan. 13 (UPI) — ", "TOKYO, March 3 (Reuters) - ", "MADRID, 6 Feb. (EFE) .- ", "МОСКВА, 6 фев — РИА Новости. ", "WASHINGTON — "."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from copydesk.services.cleaner.dates import find_dates, first_date, infer_year, weekdays_in
from copydesk.shared.records.cleaned import Dateline

LONGEST = 120
PARAGRAPHS = 2  # of an article, of which one may begin with its dateline
U = "A-ZÀ-ÞĀĄĆČĎĐĒĘĚĞĢĪİĶĹĻŁŃŅŇŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽȘȚА-ЯЁЂЄІЇЈЉЊЋЎЏҐΑ-Ω"  # capitals
UPPER = rf"[{U}](?:[{U}'’-]|\.(?!-))+(?:[ -](?:[{U}](?:[{U}'’-]|\.(?!-))*|[a-z]{{2,3}}(?=\s[{U}]{{2}}))){{0,3}}"
MIXED = rf"[{U}][\w.'’-]+(?:[ -](?:de\s|del\s|do\s|la\s)?[{U}][\w.'’-]+){{0,3}}"
REGION = rf"(?:,\s[{U}][\w'’-]*(?:\.(?!-)[\w'’-]*)*(?:\s[{U}][\w.'’-]+){{0,2}})?"
_MONTH = r"[^\W\d_]{3,11}"
DAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?"
    rf"(?:[A-Z][a-zé]{{2,9}}\.?\s\d{{1,2}}(?:,?\s(?:19|20)\d\d)?|\d{{1,2}}(?:\.|º|er)?\s(?:de\s)?{_MONTH}\.?(?:,?\s(?:de\s)?(?:19|20)\d\d)?)"
)
AGENCY = rf"\(\s?(?P<{{0}}>[{U}][\w.&/ '’-]{{{{1,40}}}}|[a-z]{{{{2,4}}}}(?:/[a-z]{{{{2,4}}}})*)\s?\)"
STOP = r"(?:\s?(?:—|–|--?|:)\s+|\s?\.\s?(?:—|–|--?)\s*)"
# "МОСКВА, 6 фев — РИА Новости. ", "МОСКВА, 6 февраля. /ТАСС/. "
NAMED = r"(?:/(?P<{0}>[^/]{{2,30}})/|(?P<{1}>РИА\sНовости|ТАСС|Интерфакс|Sputnik|УНН|Укринформ|Укрінформ|БЕЛТА|КАЗИНФОРМ|Kazinform|РБК))"
# "新华社北京3月11日电（记者王小明）", "［東京 11日 ロイター］ - ", "القاهرة (رويترز) - "
CHINESE = (
    r"(?P<agency7>新华社|中新社|中新网|人民网|央视网|央广网|法新社|路透社|美联社|中央社|本报|本報)(?P<place7>[\u4e00-\u9fff]{2,6}?)"
    r"(?P<day7>\d{1,2}月\d{1,2}日)(?:专?电|專?電|讯|訊)(?:\s?[（(][^）)]{2,30}[）)])?[\s—–-]*"
)
JAPANESE = (
    r"[［\[【](?P<place8>[^\d\s＝=】］\]]{2,10})(?:[\s＝=](?:\d{1,2}日\s?)?(?P<agency8>ロイター|共同|時事|AFP|CNN|BBC)(?:[\s＝=][^】］\]]{1,12})?|[＝=][^】］\]]{2,12})"
    r"[】］\]][\s—–―-]*"
)
_ARABIC = r"[\u0600-\u06ff]+(?:\s[\u0600-\u06ff]+){0,2}"
ARABIC = rf"(?P<place9>{_ARABIC})(?:\s[\d٠-٩]{{1,2}}\s[\u0600-\u06ff]+)?\s?\((?P<agency9>[\u0600-\u06ff\s.]{{2,25}}|[A-Z]{{2,8}})\)\s?[—–:-]+\s+"
PLACE_AND_MORE = re.compile(
    rf"(?P<place5>{UPPER})[,.]?\s(?P<day5>{DAY})\s?[.,]?\s?[—–-]?\s?{NAMED.format('agency5', 'agency6')}\s?[.—–-]+\s+"
    rf"|(?P<place>{UPPER}{REGION})(?:,\s(?P<day>{DAY}))?,?\s*(?:{AGENCY.format('agency')})?{STOP}"
    rf"|(?P<place2>{MIXED}{REGION})(?:,\s(?P<day2>{DAY}))?,?\s*{AGENCY.format('agency2')}{STOP}"
    rf"|(?P<day3>{DAY}),?\s*(?:{AGENCY.format('agency3')})?{STOP}"
    rf"|{AGENCY.format('agency4')}{STOP}"
    rf"|{CHINESE}|{JAPANESE}|{ARABIC}"
)


@dataclass(frozen=True, slots=True)
class DatelineContext:
    """What is known of the time around an article: it was not published after `latest`, nor much before `earliest`."""

    latest: date
    earliest: date | None = None
    lede: str = ""


def locate(paragraphs: Sequence[str]) -> tuple[int, str] | None:
    """Which paragraph of an article begins with its dateline, and the dateline as printed, with the separator after it."""
    for n, paragraph in enumerate(paragraphs[:PARAGRAPHS]):
        if (found := split_dateline(paragraph)) and any(map(str.isalnum, found[1])):
            return n, found[0]
    return None


def split_dateline(paragraph: str) -> tuple[str, str] | None:
    """The dateline with which a paragraph begins (with the separator after it) and the rest; None without one."""
    match = PLACE_AND_MORE.match(paragraph[:LONGEST])
    if match is None or not _plausible(match):
        return None
    return match[0], paragraph[match.end() :]


def parse_dateline(printed: str, context: DatelineContext) -> Dateline:
    """Place, date and agency of a dateline. A year that was not printed is inferred from the context, and marked so."""
    match = PLACE_AND_MORE.match(printed)
    groups = {} if match is None else {key.rstrip("23456789"): value for key, value in match.groupdict().items() if value}
    on, inferred = _date(groups.get("day", ""), context)
    return Dateline(
        place=groups.get("place"),
        date=on.isoformat() if on else None,
        agency=groups.get("agency"),
        text=" ".join(printed.split()),
        year_inferred=inferred,
    )


def context_of(latest: date, clock: Sequence[str], told: Sequence[str], lede: Sequence[str]) -> DatelineContext:
    """What bounds an article's date: above the day it was fetched and the page's own clock, below the latest full date that it tells of."""
    latest = min([latest, *_days(clock)])
    return DatelineContext(latest, max((on for on in _days(told) if on <= latest), default=None), " ".join(lede))


def _days(texts: Sequence[str]) -> list[date]:
    return [on for text in texts for printed in find_dates(text) if (on := printed.on())]


def _plausible(match: re.Match[str]) -> bool:
    """A word in capitals before a colon ("UPDATE:", "Q:") is a label, not a place; a day has to be one."""
    groups = match.groupdict()
    day = next((value for key, value in groups.items() if key.startswith("day") and value), None)
    if day and first_date(day) is None:
        return False
    if groups["place"] and not groups["day"] and not groups["agency"]:
        return not match[0].rstrip().endswith(":") and len(groups["place"]) > 3
    return True


def _date(day: str, context: DatelineContext) -> tuple[date | None, bool]:
    printed = first_date(day)
    if printed is None:
        return None, False
    if printed.year:
        return printed.on(), False
    if (printed.month, printed.day) == (context.latest.month, context.latest.day):
        return context.latest, True
    on = infer_year(printed.month, printed.day, context.latest, context.earliest, weekdays_in(context.lede))
    return on, on is not None
