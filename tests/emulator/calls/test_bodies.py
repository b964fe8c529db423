"""Request bodies that are not whole yet: so many bytes of them are kept, and no more."""

import asyncio
import json

import pytest
from tests.emulator.asgi import application

from duolect.calls.bodies import Bodies, Overloaded, TooLarge

ALIBABA = [(b"content-type", b"application/x-www-form-urlencoded")]
TENCENT = [
    (b"x-tc-action", b"DescribeVpcs"),
    (b"x-tc-version", b"2017-03-12"),
    (b"x-tc-region", b"ap-guangzhou"),
    (b"content-type", b"application/json"),
]
ACS3 = [(b"x-acs-action", b"DescribeVpcs"), (b"x-acs-version", b"2016-04-28")]


async def sent_to(app, messages, headers, path="/"):
    """Return what is sent to a client whose messages come from a queue."""
    sent = []
    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers}

    async def send(message):
        sent.append(message)

    await app({**scope, "raw_path": path.encode(), "root_path": ""}, messages.get, send)
    return sent


def part(size, *, more):
    return {"type": "http.request", "body": b" " * size, "more_body": more}


@pytest.mark.parametrize(
    ("headers", "path", "status", "code"),
    [
        (ACS3, "/", 503, "ServiceUnavailable"),
        (TENCENT, "/", 200, "ServiceUnavailable"),
        (ALIBABA, "/", 503, "Too many request bodies are on their way."),
        ([], "/_duolect/faults", 503, "Too many request bodies are on their way."),
    ],
)
def test_a_body_for_which_there_is_no_room_is_refused_and_the_others_are_served(
    headers, path, status, code
):
    app = application(max_body=100, max_bodies=250)

    async def scenario():
        waiting = [asyncio.Queue() for _ in range(3)]
        others = [asyncio.create_task(sent_to(app, queue, TENCENT)) for queue in waiting]
        for queue in waiting:
            queue.put_nowait(part(80, more=True))
        await asyncio.sleep(0.01)
        late = asyncio.Queue()
        late.put_nowait(part(30, more=True))
        start, body = await sent_to(app, late, headers, path)
        for queue in waiting:
            queue.put_nowait(part(0, more=False))
        answered = await asyncio.gather(*others)
        late.put_nowait(part(30, more=True))
        late.put_nowait(part(30, more=False))
        again, _ = await sent_to(app, late, headers, path)
        return start["status"], body["body"].decode(), [each[0]["status"] for each in answered], again

    found, text, answered, again = asyncio.run(scenario())
    assert (found, code in text) == (status, True), text
    assert answered == [200, 200, 200]
    assert again["status"] != 503


def test_a_body_that_never_becomes_whole_gives_its_room_back():
    app = application(max_body=100, max_bodies=100)

    async def scenario():
        for _ in range(20):
            queue = asyncio.Queue()
            queue.put_nowait(part(90, more=True))
            queue.put_nowait({"type": "http.disconnect"})
            assert await sent_to(app, queue, TENCENT) == []
        queue = asyncio.Queue()
        queue.put_nowait(part(200, more=True))
        _, body = await sent_to(app, queue, TENCENT)
        return json.loads(body["body"])["Response"]["Error"]["Code"]

    assert asyncio.run(scenario()) == "RequestSizeLimitExceeded"


async def parts(*sizes):
    for size in sizes:
        yield b"x" * size


def test_a_body_alone_may_have_its_first_part_whatever_its_size():
    bodies = Bodies(10)
    assert len(asyncio.run(bodies.read(parts(50), 100))) == 50
    with pytest.raises(TooLarge):
        asyncio.run(bodies.read(parts(50, 51), 100))
    with pytest.raises(Overloaded):
        asyncio.run(bodies.read(parts(5, 6), 100))
    assert bodies.held == 0
