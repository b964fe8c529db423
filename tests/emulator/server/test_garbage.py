"""What is over is gone at once: it does not wait for the collector, which seldom looks at everything."""

import asyncio
import gc
import weakref
from contextlib import contextmanager

import pytest
import uvicorn

from duolect.bootstrap import bootstrap
from duolect.server import garbage
from duolect.server.app import make_app
from duolect.server.direct import DirectAnswers
from duolect.server.protocol import make_protocol
from duolect.settings.settings import Settings

HEAD = b"Host: 127.0.0.1\r\n"
CALL = (
    b"GET /?Action=DescribeVpcs&Version=2016-04-28&AccessKeyId=k&Format=JSON HTTP/1.1\r\n" + HEAD + b"\r\n"
)
CONNECTIONS = {
    "a call": CALL,
    "a refused call": CALL.replace(b"DescribeVpcs", b"DeleteVpc"),
    "calls whose answers nobody reads": 20 * CALL,
    "a part of a head": CALL[:30],
    "a part of a body": b"POST / HTTP/1.1\r\nContent-Length: 9000\r\n" + HEAD + b"\r\nAction=",
    "no HTTP": b"nonsense\r\n\r\n",
    "a path of nobody": b"GET /nothing HTTP/1.1\r\n" + HEAD + b"\r\n",
    "a tunnel": b"CONNECT ecs.aliyuncs.com:80 HTTP/1.1\r\nHost: ecs.aliyuncs.com\r\n\r\n",
    "the control API": b"GET /_duolect/clock HTTP/1.1\r\n" + HEAD + b"\r\n",
    "nothing": b"",
}


@contextmanager
def no_collections():
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def connections_left(sent, times=3):
    """Return how many connections of some are still there once they are closed."""
    settings = Settings(port=0, tls="off")
    pipeline = bootstrap(settings)
    direct = DirectAnswers(pipeline, settings.max_body)
    protocol = make_protocol(pipeline.authority, ("ecs.aliyuncs.com",), 100, direct)
    app = make_app(pipeline, settings.max_body)
    config = uvicorn.Config(app, http=protocol, lifespan="off", log_config=None)
    config.load()
    state = uvicorn.server.ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: config.http_protocol_class(config, state, {}), "127.0.0.1", 0)
    there, port = [], server.sockets[0].getsockname()[1]
    async with server:
        for _ in range(times):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(sent)
            while not state.connections:  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(0.001)
            there += map(weakref.ref, state.connections)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(reader, "_limit", 2**20)
                try:
                    async with asyncio.timeout(0.1):
                        await reader.read(2**16)
                except TimeoutError:
                    pass
            writer.close()
            while state.connections or state.tasks:  # noqa: ASYNC110 - likewise
                await asyncio.sleep(0.001)
        await asyncio.sleep(0.01)
    return sum(each() is not None for each in there)


@pytest.mark.parametrize("sent", CONNECTIONS.values(), ids=CONNECTIONS)
def test_a_closed_connection_leaves_nothing(sent):
    with no_collections():
        assert asyncio.run(connections_left(sent)) == 0


@pytest.fixture
def collector():
    """The garbage collector, which is afterwards as it was."""
    before = gc.callbacks[:]
    yield gc
    gc.callbacks[:] = before
    gc.unfreeze()


def test_what_is_there_at_the_start_is_looked_at_no_more(collector):
    garbage.tune_garbage_collection()
    assert collector.get_freeze_count() > 0


@pytest.mark.parametrize(("seconds", "frozen"), [(0.001, False), (0.02, True)])
def test_survivors_of_a_long_full_collection_are_looked_at_no_more(collector, monkeypatch, seconds, frozen):
    times = iter((10.0, 10.0 + seconds))
    monkeypatch.setattr(garbage, "perf_counter", lambda: next(times))
    garbage.tune_garbage_collection()
    collector.unfreeze()
    collector.collect(1)
    collector.collect()
    assert (collector.get_freeze_count() > 0) == frozen
