"""copydesk up, down, status, broker, topics, demo"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.services.console import completion

if TYPE_CHECKING:
    from collections.abc import Callable

    from copydesk.services.console.running.machine import Local

broker = typer.Typer(name="broker", help="The local Kafka broker alone.", no_args_is_help=True)
topics = typer.Typer(name="topics", help="Topics.", no_args_is_help=True)

ReplicasArgument = Annotated[
    list[str], typer.Argument(help="Replicas of a service, such as tagger=3.", show_default=False, autocompletion=completion.replicas)
]
WatchOption = Annotated[bool, typer.Option("--watch", help="Go on showing it, until Ctrl-C.")]
ScaleOption = Annotated[
    list[str] | None,
    typer.Option("--scale", help="Replicas of a service, such as tagger=2; may be repeated.", show_default=False, autocompletion=completion.replicas),
]
WithOption = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        help="Services that run only where they are asked for; comma separated.",
        show_default=False,
        autocompletion=completion.listed(completion.optional_services),
    ),
]
ViewArgument = Annotated[str, typer.Argument(help="A view: live, search, entities, sources, flow or deadletters.", autocompletion=completion.views)]


def up(
    scale: ScaleOption = None,
    more: WithOption = None,
    own_broker: Annotated[bool, typer.Option("--broker/--no-broker", help="Start the local broker, or use COPYDESK_BOOTSTRAP_SERVERS.")] = True,
) -> None:
    """Start the broker and all services on this machine, supervised: a dead one is started again."""
    import asyncio

    from copydesk.services.console.running.page import page_address

    local = _local()
    asyncio.run(local.up(parse_with(more or []) | parse_scale(scale or []), own_broker, say_steps()))
    typer.echo(f"copydesk is up: Kafka at {local.settings.bootstrap_servers}, logs in {local.home / 'logs'}")
    if address := page_address(local):
        typer.echo(f"the page is at {address} (`copydesk open` shows it)")


def scale(counts: ReplicasArgument) -> None:
    """Change how many replicas of a service run, while all go on. Partitions move by themselves."""
    import asyncio

    from copydesk.services.console.running import instance
    from copydesk.services.console.running.machine import Local

    asyncio.run(Local(instance.settings()).scale(parse_scale(counts, "COUNTS"), say_steps()))


def down() -> None:
    """Stop the services and the broker that `up` started; what runs is finished and committed first."""
    stopped = _local().down()
    typer.echo(f"stopped {', '.join(stopped)}" if stopped else "nothing was running")


def status(watch: WatchOption = False) -> None:
    """Show each replica, and for each service how many records wait, how fast they go, when none will be left, how old the oldest is."""
    import asyncio

    from copydesk.services.console.printing import terminal
    from copydesk.services.console.running import instance
    from copydesk.services.console.running import status as work
    from copydesk.services.console.running.machine import Local

    asyncio.run(work.show_status(Local(instance.settings()), terminal.console(), watch))


@broker.command("start")
def start_broker() -> None:
    """Start Apache Kafka on this machine; no Docker and no Java are needed."""
    import asyncio

    local = _local()
    started = asyncio.run(local.start_broker(say_steps()))
    typer.echo(f"Kafka {'is running' if started else 'was running already'} at {local.broker.address}")


@broker.command("stop")
def stop_broker() -> None:
    """Stop it."""
    from copydesk.services.console.running import instance

    local = _local()
    stopped = local.broker.stop()
    if not local.is_up():
        instance.forget_instance(local.home)
    typer.echo("Kafka stopped" if stopped else "Kafka was not running")


@topics.command("create")
def create() -> None:
    """Create the topics that are missing, and bring the others in line: partitions, limits, retention, copies in sync."""
    import asyncio

    from copydesk.services.console.running import instance
    from copydesk.shared.admin import create_topics

    done = asyncio.run(create_topics(instance.settings()))
    typer.echo("\n".join(done.lines()) or "all topics are as they should be")


@topics.command("grow")
def grow(partitions: Annotated[int, typer.Option(min=1, help="How many partitions each topic of articles is to have.", show_default=False)]) -> None:
    """Add partitions, so that more replicas of a stage have work. No article's records are read out of their order: intake is stopped, what there
    is dealt with, the services stopped, and started again with the new number.

    What copydesk up runs here is stopped and started by this command; of services elsewhere it says when to, and waits.
    """
    import asyncio

    from copydesk.services.console.running import growing, instance
    from copydesk.services.console.running.machine import Local

    grown = asyncio.run(growing.grow(Local(instance.settings()), partitions, say_steps()))
    if grown:
        typer.echo(f"set COPYDESK_PARTITIONS to {partitions}, for topics that are made later")
    else:
        typer.echo(f"all topics of articles have {partitions} partitions already")


def open_page(view: ViewArgument = "") -> None:
    """Print the address of the page, and show it in the browser where there is a screen."""
    from copydesk.services.console.running import instance
    from copydesk.services.console.running import page as work
    from copydesk.services.console.running.machine import Local

    typer.echo(work.open_page(Local(instance.settings()), view))


def demo(seeds: Annotated[str, typer.Argument(help="Articles to send through the pipeline.")] = "seeds") -> None:
    """Start everything, send the articles through, show what comes out, stop everything."""
    import asyncio

    from copydesk.services.console.running.demo import demo as run
    from copydesk.shared.settings import Settings, load

    asyncio.run(run(seeds, load(Settings), say_steps()))


def parse_scale(pairs: list[str], hint: str = "--scale") -> dict[str, int]:
    """`tagger=2` → {"tagger": 2}. Raises typer.BadParameter that names what is wrong."""
    from copydesk.shared.topology import BY_NAME

    scale = {}
    for pair in pairs:
        service, _, count = pair.partition("=")
        if service not in BY_NAME or not count.isdigit():
            raise typer.BadParameter(f"{pair!r}: give SERVICE=N with a service of {', '.join(BY_NAME)}", param_hint=hint)
        scale[service] = int(count)
    return scale


def parse_with(lists: list[str]) -> dict[str, int]:
    """`feeder,fetcher` → one replica of each. Raises typer.BadParameter that names what is wrong."""
    from copydesk.shared.topology import SERVICES

    optional = [service.name for service in SERVICES if service.optional]
    names = [name.strip() for names in lists for name in names.split(",")]
    for name in names:
        if name not in optional:
            raise typer.BadParameter(f"{name!r}: give services of {', '.join(optional)}; the others run anyway", param_hint="--with")
    return dict.fromkeys(names, 1)


def _local() -> Local:
    from copydesk.services.console.running.machine import Local
    from copydesk.shared.settings import Settings, load

    return Local(load(Settings))


def say_steps() -> Callable[[str], None]:
    """Tells a person on standard error what is being done."""
    from rich.text import Text

    from copydesk.services.console.printing import terminal

    console = terminal.console(stderr=True)
    return lambda line: console.print(Text.assemble(("· ", "dim"), line))
