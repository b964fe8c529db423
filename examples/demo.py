"""``make demo``: one emulator, both clouds, three of their SDKs, and the life of an interface on each."""

import os
import signal
import subprocess
import sys
import time

from examples import alibaba_sdk, aliyun_legacy_sdk, tencent_sdk
from examples.story import paint, tell

_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")


def main() -> None:
    """Start an emulator on a free port, tell the stories, stop it."""
    for name in _PROXIES:  # the SDKs would send even what is meant for this machine through them
        os.environ.pop(name, None)
    asked = time.monotonic()
    command = [sys.executable, "-m", "duolect", "serve", "--port", "0", "--stop-on-eof", "true"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as emulator:  # noqa: S603 - our own
        try:
            greeting = emulator.stdout.readline().strip() if emulator.stdout else ""
            if not greeting:
                raise SystemExit("The emulator did not start.")
            print(f"{greeting}, {time.monotonic() - asked:.1f} s after it was asked for.")
            print("The SDKs below are the vendors' own, unmodified: only their endpoint is set.")
            endpoint = greeting.rpartition("/")[2]
            lives = {
                example.TITLE: tell(example.TITLE, example.story(endpoint))
                for example in (alibaba_sdk, aliyun_legacy_sdk, tencent_sdk)
            }
        finally:
            emulator.send_signal(signal.SIGTERM)
    print()
    print(paint("One interface, as each SDK saw it", "bold"))
    for title, states in lives.items():
        print(f"  {title.partition(' by ')[2].partition(' and ')[0]:<26}", " → ".join(states))


if __name__ == "__main__":
    main()
