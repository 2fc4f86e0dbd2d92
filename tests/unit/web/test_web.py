"""Only public addresses are connected to, whatever they are written as; what servers say of time is read or left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from ipaddress import ip_network

import pytest

from copydesk.shared.errors import CopydeskError
from copydesk.shared.settings import load
from copydesk.shared.web.addresses import GuardedResolver, PrivateAddressError, may_connect
from copydesk.shared.web.answers import FetchError
from copydesk.shared.web.client import WebClient, WebRequest, header_text
from copydesk.shared.web.freshness import conditions, lifetime_s, validators
from copydesk.shared.web.settings import WebSettings

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_no_address_of_a_private_network_is_connected_to(address: str) -> None:
    assert not may_connect(address, ())


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_public_addresses_are(address: str) -> None:
    assert may_connect(address, ())


def test_a_network_that_is_allowed_is_and_its_neighbour_is_not() -> None:
    allowed = (ip_network("10.1.0.0/16"),)
    assert may_connect("10.1.2.3", allowed)
    assert not may_connect("10.2.0.1", allowed)
    assert not may_connect("::1", allowed)


async def test_a_name_that_means_this_machine_is_refused_when_it_is_resolved() -> None:
    with pytest.raises(PrivateAddressError):
        await GuardedResolver(()).resolve("localhost", 80)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://[::1]/", "http://localhost/", "http://2130706433/", "http://127.1/", "http://0x7f.1/", "http://[::ffff:7f00:1]/",
        "http://１２７.0.0.1/", "http://127。0。0。1/", "http://①②⑦.0.0.1/", "http://%31%32%37.0.0.1/",
    ],
)  # fmt: skip
async def test_no_spelling_of_this_machine_is_asked(url: str) -> None:
    client = WebClient(WebSettings())
    try:
        with pytest.raises(FetchError) as raised:
            await client.get(url, WebRequest(1_000))
    finally:
        await client.close()
    assert raised.value.reason in ("private_address", "invalid_url", "unknown_host")


def test_a_wrong_network_is_named() -> None:
    with pytest.raises(CopydeskError, match="COPYDESK_WEB_PRIVATE"):
        load(WebSettings, web_private="10.0.0.0/99")


def test_the_user_agent_names_a_contact_where_one_is_set() -> None:
    assert WebSettings(web_contact="https://example.org/bot").user_agent.endswith("(+https://example.org/bot)")
    assert "(" not in WebSettings().user_agent


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "public, max-age=60"}, 60.0), ({"cache-control": "s-maxage=9"}, None), ({"cache-control": "no-cache, max-age=60"}, 0.0),
        ({"expires": "Mon, 05 Jan 2026 09:00:00 GMT"}, 3600.0), ({"expires": "0"}, None), ({}, None),
    ],
)  # fmt: skip
def test_how_long_an_answer_stays_fresh(headers: dict[str, str], seconds: float | None) -> None:
    assert lifetime_s(headers, NOW) == seconds


def test_validators_make_a_request_conditional_unless_they_are_absurd() -> None:
    kept = validators({"etag": 'W/"1"', "last-modified": "x" * 5_000})
    assert conditions(kept) == {"If-None-Match": 'W/"1"'}


def test_a_header_that_is_no_utf_8_can_be_written_as_json() -> None:
    assert header_text(["caf\udce9", "b"]) == "caf\ufffd, b"
