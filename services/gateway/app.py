"""Every address of the gateway, and the rules that hold for all of them."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from copydesk.services.gateway import session
from copydesk.services.gateway.access import Access, Rates
from copydesk.services.gateway.health import health, live, metrics, ready
from copydesk.services.gateway.keys import Keyring
from copydesk.services.gateway.posting.endpoint import Post, post_articles
from copydesk.services.gateway.problems import HANDLERS
from copydesk.services.gateway.settings import GatewaySettings
from copydesk.services.gateway.streams.endpoints import Streams, socket, stream

PAGE = Path(__file__).parent / "page"
METHODS = ["GET", "HEAD", "POST"]
ALLOWED_HEADERS = ["Authorization", "Content-Type", "Last-Event-ID"]


def build(settings: GatewaySettings, streams: Streams, post: Post) -> Starlette:
    """The application; `state` holds what its addresses use."""
    keyring = Keyring(settings.keys_file)
    app = Starlette(
        routes=[
            Route("/health", health, methods=["GET"]),
            Route("/health/live", live, methods=["GET"]),
            Route("/health/ready", ready, methods=["GET"]),
            Route("/metrics", metrics, methods=["GET"]),
            Route("/session", session.session, methods=["GET"]),
            Route("/session", session.open_session, methods=["POST"]),
            Route("/session", session.close_session, methods=["DELETE"]),
            Route("/stream", stream, methods=["GET"]),
            WebSocketRoute("/stream/ws", socket),
            Route("/articles", post_articles, methods=["POST"]),
            Mount("/", StaticFiles(directory=PAGE, html=True, check_dir=False), name="page"),
        ],
        middleware=[
            *(
                [Middleware(CORSMiddleware, allow_origins=settings.origins, allow_methods=METHODS, allow_headers=ALLOWED_HEADERS)]
                if settings.origins
                else []
            ),
            Middleware(Access, settings, keyring, Rates()),
        ],
        exception_handlers=HANDLERS,
    )
    app.state.settings, app.state.keyring, app.state.streams, app.state.post = settings, keyring, streams, post
    return app


def _cors(settings: GatewaySettings) -> list[Middleware]:
    """Pages of other sites may ask where a setting names them."""
    if not settings.origins:
        return []
    return [Middleware(CORSMiddleware, allow_origins=settings.origins, allow_methods=METHODS, allow_headers=ALLOWED_HEADERS)]
