"""Connections that are passed on: what is said comes through whole, and how it ends comes through too."""

import asyncio
import socket
import struct
from contextlib import asynccontextmanager, suppress

import pytest

from duolect.server import relay as relays
from duolect.server.relay import Relay

LARGE = 8 * 2**20


def listener():
    made = socket.socket()
    made.bind(("127.0.0.1", 0))
    made.listen(100)
    return made


@asynccontextmanager
async def passing_on(answer, *, most=100, leads=True):
    """Pass on to a server that answers so; yield the relay, its address and the server's."""
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    target = server.sockets[0].getsockname()
    below = listener()
    relay = Relay(most)
    await relay.start(below)
    if leads:
        relay.lead_to(target, 1)
    try:
        yield relay, below.getsockname(), target
    finally:
        await relay.stop()
        server.close()
        below.close()
        await asyncio.sleep(0.01)


async def echo(reader, writer):
    with suppress(ConnectionError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


def test_much_comes_through_both_ways_to_who_reads_slowly():
    async def run():
        async with passing_on(echo) as (_, address, _):
            reader, writer = await asyncio.open_connection(*address, limit=1024)

            async def say():
                for _ in range(LARGE // 65_536):
                    writer.write(b"x" * 65_536)
                    await writer.drain()
                writer.write_eof()

            saying = asyncio.ensure_future(say())
            await asyncio.sleep(0.2)
            heard = 0
            while data := await reader.read(65_536):
                heard += len(data)
            await saying
            assert heard == LARGE
            writer.close()

    asyncio.run(run())


def test_who_says_no_more_still_hears_the_answer():
    async def late(reader, writer):
        asked = await reader.read()
        await asyncio.sleep(0.05)
        writer.write(b"you said " + asked)
        writer.close()

    async def run():
        async with passing_on(late) as (_, address, _):
            reader, writer = await asyncio.open_connection(*address)
            writer.write(b"hello")
            writer.write_eof()
            assert await reader.read() == b"you said hello"
            writer.close()

    asyncio.run(run())


def test_a_reset_comes_through():
    async def reset(reader, writer):
        await reader.read(1)
        below = writer.get_extra_info("socket")
        below.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    async def run():
        async with passing_on(reset) as (_, address, _):
            reader, writer = await asyncio.open_connection(*address)
            writer.write(b"x")
            with pytest.raises(ConnectionResetError):
                await reader.read()
            writer.close()

    asyncio.run(run())


def test_a_client_that_goes_away_ends_the_other_side():
    gone = asyncio.Event()

    async def watch(reader, writer):
        with suppress(ConnectionError):
            while await reader.read(100):
                pass
        writer.close()
        gone.set()

    async def run():
        async with passing_on(watch) as (_, address, _):
            _, writer = await asyncio.open_connection(*address)
            writer.write(b"x")
            await writer.drain()
            writer.transport.abort()
            await asyncio.wait_for(gone.wait(), 5)

    asyncio.run(run())


def test_a_connection_waits_for_somebody_who_executes_with_what_it_has_said():
    async def run():
        async with passing_on(echo, leads=False) as (relay, address, target):
            reader, writer = await asyncio.open_connection(*address)
            writer.write(b"hello")
            writer.write_eof()
            await asyncio.sleep(0.1)
            relay.lead_to(("127.0.0.1", 1), 1)  # who does not answer yet, or any more
            await asyncio.sleep(0.1)
            relay.lead_to(None, 1)
            await asyncio.sleep(0.1)
            relay.lead_to(target, 2)
            assert await asyncio.wait_for(reader.read(), 5) == b"hello"
            writer.close()

    asyncio.run(run())


def test_it_waits_no_longer_than_is_said(monkeypatch):
    monkeypatch.setattr(relays, "WAIT", 0.1)

    async def run():
        async with passing_on(echo, leads=False) as (relay, address, _):
            reader, writer = await asyncio.open_connection(*address)
            writer.write(b"hello")
            with suppress(ConnectionResetError):
                assert await asyncio.wait_for(reader.read(), 5) == b""
            assert not relay.clients
            writer.close()

    asyncio.run(run())


def test_what_goes_to_one_who_was_followed_is_given_up(monkeypatch):
    monkeypatch.setattr(relays, "_LAST_WORDS", 0.05)

    async def run():
        async with passing_on(echo) as (relay, address, target):
            reader, writer = await asyncio.open_connection(*address)
            writer.write(b"hello")
            assert await reader.read(5) == b"hello"
            relay.lead_to(target, 2)
            with suppress(ConnectionResetError):
                assert await asyncio.wait_for(reader.read(), 5) == b""
            writer.close()
            again, writer = await asyncio.open_connection(*address)
            writer.write(b"again")
            assert await again.read(5) == b"again"
            await asyncio.sleep(0.1)
            writer.write(b"later")
            assert await again.read(5) == b"later"
            writer.close()

    asyncio.run(run())


def test_there_are_no_more_than_so_many():
    async def run():
        async with passing_on(echo, most=2) as (relay, address, _):
            some = [await asyncio.open_connection(*address) for _ in range(3)]
            assert (await some[2][0].read()).startswith(b"HTTP/1.1 503 ")
            assert len(relay.clients) == 2
            some[0][1].close()
            await asyncio.sleep(0.05)
            reader, writer = await asyncio.open_connection(*address)
            writer.write(b"hello")
            assert await reader.read(5) == b"hello"
            for _, each in (*some, (reader, writer)):
                each.close()

    asyncio.run(run())
