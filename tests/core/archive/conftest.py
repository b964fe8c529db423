"""The archives of a world with something of everything, in each cloud."""

import json

import pytest
from tests.core.archive.archived import world_with_everything
from tests.core.model.rules import NORTH, SOUTH

from duolect_core.archive import dump


@pytest.fixture(scope="module")
def trees():
    """Return the tree of a partition with everything, of each cloud."""
    return {
        rules.region: json.dumps(dump(world_with_everything(rules).partition)) for rules in (NORTH, SOUTH)
    }
