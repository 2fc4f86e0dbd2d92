"""What looks like one story and is not: a shared background, a template, a daily series, a round-up, the same person elsewhere."""

from __future__ import annotations

import pytest

from tests.unit.stories.test_threads import QUAKE, STRIKE, article, stories

BACKGROUND = """

The harbour was privatised in 2014 and sold to the Halvorsen Group, which has invested 300 million crowns in new cranes. It handles a third of the
country's freight and employs 2,400 people."""
PAIRS = {
    "background paragraph": (
        (
            "Harbour names new head",
            "Ingrid Dahl will lead the harbour of Brennholm from March, its owner said on Monday. Dahl, 52, ran the national railway's cargo arm for"
            " six years and is known for a quarrel with unions over night shifts. She follows Per Lund, who retires after eleven years in office. "
            "Analysts called the choice a safe pair of hands at a time of falling container rates." + BACKGROUND,
        ),
        (
            "Oil spill closes two piers",
            "Two piers were closed on Thursday after a tanker leaked diesel while bunkering. Firefighters laid booms across the basin and crews in "
            "protective suits skimmed some 9,000 litres from the water by noon. Seabirds covered with fuel were taken to a rescue station, and "
            "swimmers were told to stay out of the fjord until it is clean. Police are questioning the ship's engineer." + BACKGROUND,
        ),
    ),
    "template twin": (
        (
            "Ohio primary result",
            "Jane Hartley won the Democratic primary in Ohio with 54% of the vote, the election board said late Tuesday. Turnout was 31%. "
            "Hartley, a former prosecutor from Dayton, beat two rivals after promising to cap the price of insulin. Her strongest county was "
            "Montgomery, where two in three voters chose her. She will face the incumbent senator, Frank Doyle, in November.",
        ),
        (
            "Iowa primary result",
            "Luis Moreno won the Republican primary in Iowa with 61% of the vote, the election board said late Tuesday. Turnout was 24%. "
            "Moreno, a hog farmer from Ames, beat one rival after promising to end a tax on diesel. His strongest county was Story, where "
            "three in four voters chose him. He will face a newcomer, the teacher Carol Reeves, in November.",
        ),
    ),
    "same person elsewhere": (
        (
            "Minister opens bridge",
            "Transport minister Ada Okafor opened the rebuilt river bridge at Lokoja on Saturday, two years behind schedule. Lorries had queued "
            "for hours at a ferry since floods swept away three spans in 2022. Traders along the road cheered as the first bus crossed. The "
            "contractor, a firm from Shenzhen, blamed delays on a shortage of steel. A toll of 200 naira will pay for upkeep.",
        ),
        (
            "Okafor sues newspaper",
            "Ada Okafor is suing a Lagos daily for libel over a column that called the purchase of her house in Abuja improper, her lawyer said. The "
            "writ asks for 50 million naira and an apology on the front page. The editor said that the paper stands by every word and has the "
            "deeds to show. Press groups warned that such suits silence reporters ahead of elections.",
        ),
    ),
}


@pytest.mark.parametrize("kind", PAIRS)
def test_two_articles_that_are_no_story(kind: str) -> None:
    (title, body), (other_title, other_body) = PAIRS[kind]
    assert len(stories([article("first", 0, body, title), article("second", 20, other_body, other_title)])) == 2


def test_a_daily_series_is_cut_by_the_window() -> None:
    """Day 2 and day 21 of a trial hang together only by the days between them."""
    body = "The jury in the trial of Peter Vance heard witness number {0}, an accountant of the bank in Leeds, about transfers to Malta."
    days = [article(f"day-{day}", 24 * day, body.format(day), f"Vance trial, day {day}") for day in (2, 21)]
    assert len(stories(days)) == 2


def test_a_round_up_does_not_join_two_stories_into_one() -> None:
    quake, strike = article("quake", 0, QUAKE, "Earthquake kills 12 in Izmir"), article("strike", 2, STRIKE, "Strike halts trains in Lyon")
    round_up = article("round-up", 12, f"Morning briefing.\n\n{QUAKE}\n\n{STRIKE}", "What to know today")
    assert not any({"quake", "strike"} <= story for story in stories([quake, strike, round_up]))
