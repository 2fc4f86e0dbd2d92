"""copydesk keys"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import orjson
import typer

from copydesk.services.console import completion
from copydesk.services.console.topics.subscribe_command import Format

if TYPE_CHECKING:
    from copydesk.services.gateway.keys import Keyring

app = typer.Typer(name="keys", no_args_is_help=True, help="Keys of the gateway, for those who may use it without being on this machine.")

KeyName = Annotated[str, typer.Argument(help="What the key is called.", show_default=False)]


def _keyring() -> Keyring:
    from copydesk.services.gateway.keys import Keyring
    from copydesk.services.gateway.settings import GatewaySettings
    from copydesk.shared.settings import load

    return Keyring(load(GatewaySettings).keys_file)


@app.command()
def create(
    name: KeyName,
    scope: Annotated[
        list[str], typer.Option(help="What it may do: read, write or admin; may be repeated.", show_default=False, autocompletion=completion.scopes)
    ],
    rate: Annotated[float | None, typer.Option(min=0, help="Requests a second, in place of COPYDESK_GATEWAY_RATE.", show_default=False)] = None,
    size: Annotated[int | None, typer.Option(min=1, help="Largest body in bytes.", show_default=False)] = None,
) -> None:
    """Make a key and show it, this once: what is kept is a hash of it."""
    typer.echo(_keyring().create(name, scope, rate, size))


@app.command()
def revoke(name: KeyName) -> None:
    """Forget a key: it is refused from the next request on."""
    _keyring().revoke(name)
    typer.echo(f"{name} is revoked", err=True)


@app.command("list")
def list_(form: Format = "pretty") -> None:
    """List the keys: name, scopes, when each was made."""
    from copydesk.shared.printable import json_line, printable

    for key in _keyring().all():
        about = {"name": key.name, "scopes": list(key.scopes), "created": key.created, "rate": key.rate, "size": key.size}
        typer.echo(json_line(orjson.dumps(about)) if form == "jsonl" else printable(f"{key.name}  {', '.join(key.scopes)}  {key.created}"))
