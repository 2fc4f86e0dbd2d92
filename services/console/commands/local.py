"""copydesk up, down, status, broker, topics, demo"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.table import Table

    from copydesk.services.console.local import Local

broker = typer.Typer(name="broker", help="The local Kafka broker alone.", no_args_is_help=True)
topics = typer.Typer(name="topics", help="Topics.", no_args_is_help=True)

Scale = Annotated[list[str] | None, typer.Option("--scale", help="Replicas of a service, such as tagger=2; may be repeated.", show_default=False)]


def up(
    scale: Scale = None,
    own_broker: Annotated[bool, typer.Option("--broker/--no-broker", help="Start the local broker, or use COPYDESK_BOOTSTRAP_SERVERS.")] = True,
) -> None:
    """Start the broker and all services on this machine, supervised: a dead one is started again."""
    import asyncio

    local = _local()
    asyncio.run(local.up(parse_scale(scale or []), own_broker, _say()))
    typer.echo(f"copydesk is up: Kafka at {local.settings.bootstrap_servers}, logs in {local.home / 'logs'}")


def down() -> None:
    """Stop the services and the broker that `up` started; what runs is finished and committed first."""
    stopped = _local().down()
    typer.echo(f"stopped {', '.join(stopped)}" if stopped else "nothing was running")


def status() -> None:
    """Show each replica and how many records each service is behind."""
    import asyncio

    from copydesk.services.console import terminal
    from copydesk.shared.errors import CopydeskError
    from copydesk.shared.lag import lags

    local = _local()
    replicas = local.replicas()
    if not replicas:
        raise CopydeskError("no services are running here", "start them with `copydesk up`")
    terminal.console().print(_table(replicas, asyncio.run(lags(local.settings))))


def _table(replicas: list[dict[str, object]], behind: dict[str, int]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table("service", "state", "pid", "restarts", "lag", "health and metrics", box=None, header_style="bold")
    for replica in replicas:
        state = Text("ready", "green") if replica["ready"] else Text("starting", "yellow") if replica["pid"] else Text("down", "red")
        lag = f"{behind[str(replica['service'])]:,}" if replica["number"] == 1 else ""
        address = f"http://127.0.0.1:{replica['port']}"
        table.add_row(f"{replica['service']}-{replica['number']}", state, str(replica["pid"] or ""), str(replica["restarts"]), lag, address)
    return table


@broker.command("start")
def start_broker() -> None:
    """Start Apache Kafka on this machine; no Docker and no Java are needed."""
    local = _local()
    started = local.broker.start(_say())
    typer.echo(f"Kafka {'is running' if started else 'was running already'} at {local.broker.address}")


@broker.command("stop")
def stop_broker() -> None:
    """Stop it."""
    typer.echo("Kafka stopped" if _local().broker.stop() else "Kafka was not running")


@topics.command("create")
def create() -> None:
    """Create the topics that are missing, and bring the others in line: partitions, limits, retention, copies in sync."""
    import asyncio

    from copydesk.shared.admin import create_topics
    from copydesk.shared.settings import Settings, load

    done = asyncio.run(create_topics(load(Settings)))
    typer.echo("\n".join(done.lines()) or "all topics are as they should be")


def demo(seeds: Annotated[str, typer.Argument(help="Articles to send through the pipeline.")] = "seeds") -> None:
    """Start everything, send the articles through, show what comes out, stop everything."""
    import asyncio

    from copydesk.services.console.demo import demo as run
    from copydesk.shared.settings import Settings, load

    asyncio.run(run(seeds, load(Settings), _say()))


def parse_scale(pairs: list[str]) -> dict[str, int]:
    """`tagger=2` → {"tagger": 2}. Raises typer.BadParameter that names what is wrong."""
    from copydesk.shared.topology import BY_NAME

    scale = {}
    for pair in pairs:
        service, _, count = pair.partition("=")
        if service not in BY_NAME or not count.isdigit():
            raise typer.BadParameter(f"{pair!r}: give SERVICE=N with a service of {', '.join(BY_NAME)}", param_hint="--scale")
        scale[service] = int(count)
    return scale


def _local() -> Local:
    from copydesk.services.console.local import Local
    from copydesk.shared.settings import Settings, load

    return Local(load(Settings))


def _say() -> Callable[[str], None]:
    from rich.text import Text

    from copydesk.services.console import terminal

    console = terminal.console(stderr=True)
    return lambda line: console.print(Text.assemble(("· ", "dim"), line))
