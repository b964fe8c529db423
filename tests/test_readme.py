"""What the README shows works as it stands: its snippets run, its settings load, its commands exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.contract.requirements import require
from tests.contract.server import Server, environment

from duolect.bootstrap import bootstrap
from duolect.settings.settings import SCALARS, kebab_case
from duolect.settings.sources import load

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
PYTHON = [block for language, block in BLOCKS if language == "python"]
SHELL = [block for language, block in BLOCKS if language == "sh"]
NEEDS = ("alibabacloud_ecs20140526", "aliyunsdkecs", "tencentcloud")


def run(*command: str, **variables: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own README
        command, env=environment(**variables), capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(("needed", "snippet"), list(zip(NEEDS, PYTHON, strict=True)), ids=NEEDS)
def test_a_python_snippet_runs_as_it_stands(needed: str, snippet: str, open_server: Server) -> None:
    require(needed)
    assert needed in snippet
    shown = run(
        sys.executable, "-W", "ignore", "-c", snippet.replace("127.0.0.1:4780", open_server.address)
    )
    assert "0" in shown


def test_the_tccli_command_runs_as_it_stands(open_server: Server, tmp_path: Path) -> None:
    require("tccli")
    (command,) = (block for block in SHELL if block.startswith("tccli"))
    words = command.replace("\\\n", " ").replace("127.0.0.1:4780", open_server.address).split()
    tccli = str(Path(sys.executable).with_name("tccli"))
    assert '"TotalCount": 0' in run(tccli, *words[1:], HOME=str(tmp_path))


def test_the_curl_command_shows_the_regions(open_server: Server) -> None:
    (command,) = (block for block in SHELL if block.startswith("curl"))
    url = command.split("'")[1].replace("127.0.0.1:4780", open_server.address)
    code = f"import urllib.request; print(urllib.request.urlopen({url!r}).read().decode())"
    assert "cn-hangzhou" in run(sys.executable, "-c", code)


def test_the_https_commands_show_the_regions(open_server: Server, tmp_path: Path) -> None:
    (commands,) = (block for block in SHELL if block.startswith("duolect ca"))
    url = commands.split("'")[1].replace("127.0.0.1:4780", open_server.address)
    trusted = tmp_path / "ca.pem"
    trusted.write_text(run(sys.executable, "-m", "duolect", "ca", "--url", open_server.url))
    code = (
        "import ssl, urllib.request as r; "
        f"trusting = ssl.create_default_context(cafile={str(trusted)!r}); "
        f"print(r.urlopen({url!r}, context=trusting).read().decode())"
    )
    assert "cn-hangzhou" in run(sys.executable, "-c", code)


def test_the_settings_file_is_one(tmp_path: Path) -> None:
    (text,) = (block for language, block in BLOCKS if language == "toml")
    path = tmp_path / "duolect.toml"
    path.write_text(text, "utf-8")
    settings = load({"config": str(path)}, {})
    assert settings.timing == "realistic"
    assert settings.of_cloud("alibaba").instance_types["ecs.mine.large"].interfaces == 3
    assert bootstrap(settings).access


def test_every_flag_that_is_named_exists() -> None:
    table = re.findall(r"^\| `--([a-z-]+)`", README, re.MULTILINE)
    assert set(table) <= {"config", *(kebab_case(field.name) for field in SCALARS)}
    assert len(table) > 5


def test_every_page_that_is_linked_exists() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"`?make ([a-z]+)`?", README))
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert {"run", "test", "demo", "contract"} <= targets
    assert [name for name in targets if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []
