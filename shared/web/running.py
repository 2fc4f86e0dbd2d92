"""The client of a service: opened and closed with it. It says so while nobody could be asked about what it does."""

from __future__ import annotations

from copydesk.shared.runner.logs import logger
from copydesk.shared.web.client import WebClient
from copydesk.shared.web.settings import WebSettings


class RunningClient:
    """Implements `copydesk.shared.runner.stages.Startable`. Make it inside the running loop."""

    def __init__(self, settings: WebSettings, connections: int) -> None:
        self._settings = settings
        self.client = WebClient(settings, connections)

    async def start(self) -> None:
        if self._settings.web_contact is None:
            logger().warning(
                "the user agent names no contact: those whose pages are fetched cannot ask who does it; set COPYDESK_WEB_CONTACT to the "
                "address of a page or a mailbox", user_agent=self._settings.user_agent
            )  # fmt: skip

    async def stop(self) -> None:
        await self.client.close()
