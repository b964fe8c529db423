"""The files of the page: how they are given, to whom, what they are and what they load."""

import gzip
import hashlib
import re

import pytest
from tests.emulator.asgi import application, send

from duolect.control.console import assets

CONSOLE = "/_duolect/console"


def test_a_browser_that_opens_the_port_is_led_to_the_console_and_programs_are_not():
    app = application()
    led = send(app, "GET", "/", headers={"accept": "text/html,*/*"})
    assert (led.status_code, led.headers["location"]) == (303, CONSOLE)
    for method, path, headers in (
        ("GET", "/", {"accept": "*/*"}),
        ("GET", "/x", {"accept": "text/html"}),
        ("GET", "/?a=b", {"accept": "text/html"}),
        ("POST", "/", {"accept": "text/html"}),
    ):
        assert send(app, method, path, headers=headers).status_code == 404


@pytest.mark.parametrize("name", assets.assets())
def test_each_file_is_given_with_its_type_its_hash_and_no_leave_to_load_anything_else(name):
    app, path = application(control_token="secret"), f"{CONSOLE}/{name}".removesuffix("/")
    plain = send(app, "GET", path, headers={"accept-encoding": "identity"})
    assert plain.status_code == 200
    assert "'self'" in plain.headers["content-security-policy"]
    assert "unsafe" not in plain.headers["content-security-policy"]
    assert plain.headers["x-content-type-options"] == "nosniff"
    assert "content-encoding" not in plain.headers
    packed = send(app, "GET", path, headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content
    again = send(app, "GET", path, headers={"if-none-match": plain.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("taken", "packed"),
    [
        ("br, gzip", True),
        ("gzip;q=0.5", True),
        ("gzip; q=1.0, br", True),
        ("gzip;q=0", False),
        ("br, gzip; q=0.000", False),
        ("x-gzip-like", False),
    ],
)
def test_a_file_comes_packed_to_whoever_takes_that(taken, packed):
    answer = send(application(), "GET", CONSOLE, headers={"accept-encoding": taken})
    assert ("content-encoding" in answer.headers) is packed


def test_files_are_for_nobodys_web_page_and_nothing_else_is_given():
    app = application()
    assert send(app, "GET", CONSOLE, headers={"host": "evil.example"}).status_code == 403
    assert send(app, "POST", CONSOLE).status_code == 405
    for name in ("x.js", "LICENSE-d3.txt", "..%2fassets.py", "__init__.py"):
        assert send(app, "GET", f"{CONSOLE}/{name}").status_code == 404


def test_the_page_is_small_and_names_all_that_it_loads():
    page = assets.assets()[""].content.decode()
    first = set(re.findall(r'(?:src|href)="/_duolect/console/([\w.-]+)"', page))
    assert first <= set(assets.assets())
    transferred = sum(len(asset.compressed) for asset in assets.assets().values())
    assert transferred < 150_000
    assert "http:" not in page.replace("http-equiv", "")
    assert not re.search(r"\son\w+=|<script>|style=", page), "nothing stands in line"


def test_the_library_is_what_its_authors_published():
    """The hashes are those of the files in the packages of the npm registry."""
    table = (assets.PAGE / "vendor" / "README.md").read_text("utf-8")
    listed = dict(re.findall(r"^\| `([\w.-]+)` \|.*\| `([0-9a-f]{64})` \|$", table, re.MULTILINE))
    there = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in assets.VENDOR.glob("*.js")
    }
    assert there == listed
    assert sorted(f"d3-{part}.min.js" for part in assets.D3) == sorted(there)


def test_the_scripts_put_no_markup_together():
    for path in assets.PAGE.glob("*.js"):
        source = path.read_text("utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", source
        )
        assert len(source.splitlines()) < 400


def test_files_can_be_unpacked():
    for asset in assets.assets().values():
        assert gzip.decompress(asset.compressed) == asset.content
