"""Where the page of what runs here is, and how to have a browser show it."""

from __future__ import annotations

import os
import sys
import webbrowser

from copydesk.services.console.running.machine import Local
from copydesk.shared.errors import CopydeskError

SERVICE = "gateway"


def page_address(local: Local) -> str | None:
    """The address of the page; None where no gateway is planned to run. With several gateways, that of the first."""
    ports = sorted((replica["number"], replica["port"]) for replica in local.replicas() if replica["service"] == SERVICE)
    return f"http://127.0.0.1:{ports[0][1]}/" if ports else None


def open_page(local: Local, view: str = "") -> str:
    """Show the page, at one of its views, in the user's browser where there is one; the address. Raises CopydeskError where no gateway runs."""
    address = page_address(local)
    if address is None:
        raise CopydeskError("no gateway is running here, so there is no page to open", "start it with `copydesk up`")
    address += f"#/{view}" if view else ""
    if has_screen():
        webbrowser.open(address)
    return address


def has_screen() -> bool:
    """Whether a browser could be seen: one in a terminal would take the terminal for itself."""
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
