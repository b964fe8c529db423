"""The image that `make image` built, in an engine: tests skip where there is none.

`make image-test` names the image's archive in ``DUOLECT_IMAGE``; then what is missing is a failure.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.image import engine as engines
from tests.image.engine import Engine

ARCHIVE = os.environ.get("DUOLECT_IMAGE", "")
POSTGRES_ARCHIVE = os.environ.get("DUOLECT_POSTGRES_IMAGE", "")


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    if not ARCHIVE:
        pytest.skip("make image-test builds the image and tests it")
    folder = Path(tempfile.mkdtemp(prefix="duolect-image-"))  # short: a socket's path is
    try:
        with engines.engine(folder) as started:
            yield started
    except engines.NoEngine as reason:
        pytest.fail(str(reason), pytrace=False)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def image(engine: Engine) -> str:
    return engine.load(Path(ARCHIVE))


@pytest.fixture(scope="session")
def postgres_image(engine: Engine) -> str:
    """The one that was built with the driver for PostgreSQL."""
    if not POSTGRES_ARCHIVE:
        pytest.skip("make image-test builds it and tests it")
    return engine.load(Path(POSTGRES_ARCHIVE))
