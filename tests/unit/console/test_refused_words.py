"""What a command cannot do as it is asked is said before any work."""

from __future__ import annotations

import pytest
import typer

from copydesk.services.console.offline.outputs import Targets
from copydesk.services.console.running.running_commands import parse_scale
from copydesk.shared.errors import CopydeskError


@pytest.mark.parametrize("output", ["x.xlsx", "folder/X.XLS", "x.tsv"])
def test_tables_of_a_form_that_is_not_written_are_refused(output: str) -> None:
    with pytest.raises(CopydeskError, match="not written"):
        Targets(output).check(resume=False)


@pytest.mark.parametrize("output", ["-", "x.jsonl", "x.csv", "x.txt", "x"])
def test_other_names_are_as_they_were(output: str) -> None:
    Targets(output).check(resume=False)


def test_a_wrong_count_is_shown_at_the_argument_that_has_it() -> None:
    with pytest.raises(typer.BadParameter) as raised:
        parse_scale(["tager=3"], "COUNTS")
    assert raised.value.param_hint == "COUNTS"
