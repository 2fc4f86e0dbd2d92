"""A connection to PostgreSQL, and what its errors mean to a service."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Iterator
from typing import Any

from copydesk.shared.errors import CopydeskError, UnavailableError

CONNECT_S = 10
KEEPALIVE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30_000}
ENCODING = "UTF8"  # also where the database has none (SQL_ASCII): the driver gives text as bytes there unless it is told


def driver() -> Any:
    """psycopg. Raises CopydeskError where it is not installed."""
    try:
        import psycopg
    except ImportError as error:
        raise CopydeskError("psycopg, the client for PostgreSQL, is not installed", "pip install 'copydesk[postgres]'") from error
    return psycopg


def connect(url: str, **options: Any) -> Any:
    """A connection in autocommit. Raises UnavailableError where nothing answers, CopydeskError for a URL that is none."""
    psycopg = driver()
    try:
        return psycopg.connect(
            url, autocommit=True, connect_timeout=CONNECT_S, application_name="copydesk", client_encoding=ENCODING, **KEEPALIVE, **options
        )
    except psycopg.OperationalError as error:
        raise UnavailableError(f"PostgreSQL does not answer or lets nobody in: {_line(error)}", "check COPYDESK_POSTGRES_URL") from error
    except psycopg.ProgrammingError as error:
        raise CopydeskError(f"that is no address of a PostgreSQL database: {_line(error)}", "set COPYDESK_POSTGRES_URL") from error


@contextlib.contextmanager
def answering_within(connection: Any, seconds: float) -> Iterator[None]:
    """Cut off a server that has not answered for so long, as one that hangs: its machine goes on confirming what it is sent."""
    with contextlib.closing(socket.socket(fileno=os.dup(connection.fileno()))) as wire:
        timer = threading.Timer(seconds, wire.shutdown, [socket.SHUT_RDWR])
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()


@contextlib.contextmanager
def unavailable() -> Iterator[None]:
    """Raise UnavailableError for what is the server's state and may pass: it is gone, full, starting, read-only, or two were in each other's way."""
    psycopg = driver()
    try:
        yield
    except (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.ReadOnlySqlTransaction) as error:
        raise UnavailableError(f"PostgreSQL cannot be written: {_line(error)} ({error.sqlstate or 'no connection'})") from error


def _line(error: Exception) -> str:
    return " ".join(str(error).split())
