"""Why a broker does not let a client in: clients only say that they could not connect, so the steps of connecting are tried one by one."""

from __future__ import annotations

import asyncio
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiokafka.conn import create_conn
from aiokafka.errors import KafkaConnectionError, KafkaError, SaslAuthenticationFailed, UnsupportedSaslMechanismError
from aiokafka.protocol.metadata import MetadataRequest

from copydesk.shared.settings import Settings

STEP_S = 4.0
SET_PROTOCOL = "set COPYDESK_SECURITY_PROTOCOL"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and what to do about it."""

    message: str
    remedy: str


async def diagnose(settings: Settings, options: dict[str, Any]) -> Finding | None:
    """Look at the first of the brokers; `options` are the client's. None where nothing listens there, or nothing is found to be wrong."""
    host, _, port = settings.bootstrap_servers.split(",")[0].strip().rpartition(":")
    if not port.isdigit():
        return Finding(f"{settings.bootstrap_servers} has no port", "name brokers as HOST:PORT in COPYDESK_BOOTSTRAP_SERVERS")
    try:
        await _shaken(host, int(port), None)
    except socket.gaierror as error:
        return Finding(f"the name {host} is not known ({error.strerror})", "set COPYDESK_BOOTSTRAP_SERVERS, or see to the name")
    except (OSError, TimeoutError):
        return None
    return await _wrong_layer(settings, host, int(port)) or await _refused(settings, host, int(port), options)


async def _wrong_layer(settings: Settings, host: str, port: int) -> Finding | None:
    """TLS where there is none, none where there is, or a certificate that is not trusted."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    speaks = await _speaks(host, port, context)
    if not settings.security_protocol.endswith("SSL"):
        found = Finding(f"the broker at {host}:{port} speaks TLS, {settings.security_protocol} does not", f"{SET_PROTOCOL}=SSL, or SASL_SSL")
        return found if speaks else None
    if not speaks:
        plain = settings.security_protocol.replace("SSL", "PLAINTEXT")
        return Finding(f"the broker at {host}:{port} does not speak TLS", f"{SET_PROTOCOL}={plain}, or name the port on which it does")
    return await _untrusted(host, port, settings)


async def _untrusted(host: str, port: int, settings: Settings) -> Finding | None:
    from copydesk.shared.kafka import tls

    try:
        await _shaken(host, port, tls(settings))
    except ssl.SSLCertVerificationError as error:
        if "mismatch" in error.verify_message:
            return Finding(f"the broker's certificate is not for {host} ({error.verify_message})", "name the brokers as their certificate does")
        remedy = "set COPYDESK_SSL_CAFILE to the certificate of the authority that signed it"
        return Finding(f"the certificate of {host}:{port} is not trusted ({error.verify_message})", remedy)
    except (OSError, TimeoutError):
        return None
    return None


async def _refused(settings: Settings, host: str, port: int, options: dict[str, Any]) -> Finding | None:
    """A user, password or mechanism that the broker does not take; none where it wants one."""
    more = {name: value for name, value in options.items() if name != "bootstrap_servers"}
    sasl = settings.security_protocol.startswith("SASL")
    try:
        connection = await create_conn(host, port, request_timeout_ms=int(STEP_S * 1000), **more)
    except SaslAuthenticationFailed:
        return Finding(f"{host}:{port} does not let {settings.sasl_username} in", "check COPYDESK_SASL_USERNAME and COPYDESK_SASL_PASSWORD")
    except UnsupportedSaslMechanismError:
        return Finding(f"{host}:{port} does not take {settings.sasl_mechanism}", "set COPYDESK_SASL_MECHANISM to what the broker offers")
    except (KafkaError, OSError, TimeoutError):
        plain = settings.security_protocol.removeprefix("SASL_")
        return Finding(f"{host}:{port} asks for no user and password", f"{SET_PROTOCOL}={plain}") if sasl else None
    try:
        await connection.send(MetadataRequest([]))
    except KafkaConnectionError:
        if not sasl:
            return Finding(f"{host}:{port} wants a user and password", f"{SET_PROTOCOL}=SASL_{settings.security_protocol}, the user and the password")
    except (KafkaError, OSError, TimeoutError):
        return None
    finally:
        connection.close()
    return None


async def _speaks(host: str, port: int, context: ssl.SSLContext) -> bool:
    try:
        await _shaken(host, port, context)
    except (OSError, TimeoutError):
        return False
    return True


async def _shaken(host: str, port: int, context: ssl.SSLContext | None) -> None:
    """Connect, with TLS where a context is given, and hang up."""
    async with asyncio.timeout(STEP_S):
        _, writer = await asyncio.open_connection(host, port, ssl=context)
        writer.close()
        with suppress(OSError, TimeoutError):
            await writer.wait_closed()
