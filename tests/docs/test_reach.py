"""The table of docs/reach.md names for every client the variables with which it was run, and no other."""

import re

import pytest
from tests.contract.clients.languages import languages
from tests.docs.guides import TEXTS

PROGRAMS = [
    (language.name, client, program)
    for language in languages()
    for program in language.programs
    if program.proxy is not None
    for client in program.clients
]
VARIABLE = re.compile(r"`([A-Za-z]+_[A-Za-z_]+|[A-Z]{6,})`")
ROWS = re.findall(r"^\| `([^`]+)`[^|]*\| ([^|]+) \| ([^|]+) \|$", TEXTS["reach"], re.MULTILINE)


@pytest.mark.parametrize(
    ("language", "client", "program"),
    PROGRAMS,
    ids=[f"{language}-{name}" for language, name, _ in PROGRAMS],
)
def test_a_client_was_run_with_the_variables_that_its_row_names(language, client, program):
    ((trusted, proxied),) = [cells for name, *cells in ROWS if name == client]
    named = set(VARIABLE.findall(trusted.partition(";")[0]))
    if language != "python_4x":  # the older line of an SDK has the row of the newer one
        assert named == set(program.https)
    assert set(program.https) <= named
    assert set(VARIABLE.findall(proxied)) == set(program.proxy)


def test_every_row_is_that_of_a_client_that_was_run():
    assert {name for name, *_ in ROWS} == {client for _, client, _ in PROGRAMS}
