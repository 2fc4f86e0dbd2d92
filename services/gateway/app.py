"""Every address of the gateway, and the rules that hold for all of them."""

from __future__ import annotations

from dataclasses import dataclass, fields

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route, WebSocketRoute

from copydesk.services.gateway import session
from copydesk.services.gateway.access import Access, Rates
from copydesk.services.gateway.health import health, live, metrics, ready
from copydesk.services.gateway.keys import Keyring
from copydesk.services.gateway.page_files import page_file
from copydesk.services.gateway.posting.endpoint import Post, post_articles
from copydesk.services.gateway.problems import HANDLERS
from copydesk.services.gateway.reading import archive, feeds, letters
from copydesk.services.gateway.reading.archive import Archive
from copydesk.services.gateway.reading.feeds import FollowedFeeds
from copydesk.services.gateway.reading.followed import FollowedTopics
from copydesk.services.gateway.reading.stats import Looks, stats
from copydesk.services.gateway.settings import GatewaySettings
from copydesk.services.gateway.streams.endpoints import Streams, socket, stream

METHODS = ["GET", "HEAD", "POST", "DELETE"]
ALLOWED_HEADERS = ["Authorization", "Content-Type", "Last-Event-ID"]


@dataclass(frozen=True, slots=True)
class GatewayParts:
    """What the addresses use."""

    keyring: Keyring
    streams: Streams
    post: Post
    archive: Archive
    followed: FollowedTopics
    feeds: FollowedFeeds
    looks: Looks


def build(settings: GatewaySettings, parts: GatewayParts) -> Starlette:
    """The application; its `state` holds the parts."""
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
            Route("/articles", archive.articles, methods=["GET"]),
            Route("/articles", post_articles, methods=["POST"]),
            Route("/articles/{article_id:path}/trace", archive.article_trace, methods=["GET"]),
            Route("/articles/{article_id:path}/content", archive.article_content, methods=["GET"]),
            Route("/articles/{article_id:path}", archive.article, methods=["GET"]),
            Route("/entities", archive.entities, methods=["GET"]),
            Route("/entities/{name:path}", archive.entity, methods=["GET"]),
            Route("/sources", archive.sources, methods=["GET"]),
            Route("/sources/{name:path}", archive.source, methods=["GET"]),
            Route("/stories", archive.stories, methods=["GET"]),
            Route("/stories/{story_id:path}", archive.story, methods=["GET"]),
            Route("/stats", stats, methods=["GET"]),
            Route("/deadletters", letters.deadletters, methods=["GET"]),
            Route("/deadletters/{letter_id:path}", letters.deadletter, methods=["GET"]),
            Route("/deadletters/{letter_id:path}/replay", letters.replay_letter, methods=["POST"]),
            Route("/feeds", feeds.feeds, methods=["GET"]),
            Route("/feeds", feeds.follow_feeds, methods=["POST"]),
            Route("/feeds/{url:path}", feeds.end_feed, methods=["DELETE"]),
            Route("/{name:path}", page_file, methods=["GET"]),
        ],
        middleware=[*_cors(settings), Middleware(Access, settings, parts.keyring, Rates())],
        exception_handlers=HANDLERS,
    )
    app.state.settings = settings
    for part in fields(parts):
        setattr(app.state, part.name, getattr(parts, part.name))
    return app


def _cors(settings: GatewaySettings) -> list[Middleware]:
    """Pages of other sites may ask where a setting names them."""
    if not settings.origins:
        return []
    return [Middleware(CORSMiddleware, allow_origins=settings.origins, allow_methods=METHODS, allow_headers=ALLOWED_HEADERS)]
