"""The database of a store in PostgreSQL: how it is reached, made, recognised, and spoken of.

Its tables begin with ``duolect_`` and lie in the schema that the connection begins with. What a URL says of
passwords is never told: not in a name, and not in what the driver says of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import unquote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from duolect.store.interface import StoreError

FORMAT: Final = 1
"""The version of the format: what lies in the tables, and how."""
SYNC: Final = {"normal": "off", "full": "on"}
"""What a commit waits for, by the setting: ``synchronous_commit``."""
TABLES: Final = ("settings", "rules", "partitions", "dropped", "snapshots", "parts", "log")
"""The tables with what is kept."""
_KEPT: Final = """
CREATE TABLE duolect_settings (name bytea PRIMARY KEY, value bytea NOT NULL, checksum bigint NOT NULL);
CREATE TABLE duolect_rules (name bytea PRIMARY KEY, value bytea NOT NULL, checksum bigint NOT NULL);
CREATE TABLE duolect_partitions (id bigint PRIMARY KEY, cloud bytea NOT NULL, account bytea NOT NULL,
    region bytea NOT NULL, checksum bigint NOT NULL);
CREATE TABLE duolect_dropped (id bigint PRIMARY KEY);
CREATE TABLE duolect_snapshots (id bigint PRIMARY KEY, rules text NOT NULL, durations text NOT NULL,
    parts integer NOT NULL, checksum bigint NOT NULL);
CREATE TABLE duolect_parts (snapshot bigint, place integer, text bytea NOT NULL,
    PRIMARY KEY (snapshot, place));
CREATE TABLE duolect_log (id bigint PRIMARY KEY, at bigint NOT NULL, command text NOT NULL,
    entry bytea NOT NULL, after bigint NOT NULL, checksum bigint NOT NULL);
"""
_ABOUT: Final = """
CREATE TABLE duolect_seat (one boolean PRIMARY KEY, epoch bigint NOT NULL, session bigint NOT NULL,
    commits bigint NOT NULL, address text);
INSERT INTO duolect_seat VALUES (true, 0, 0, 0, NULL);
CREATE TABLE duolect_beat (one boolean PRIMARY KEY, beat bigint NOT NULL, time bigint NOT NULL);
INSERT INTO duolect_beat VALUES (true, 0, 0);
CREATE TABLE duolect_store (format integer NOT NULL);
"""
_MAKING: Final = 0x44554F4C
"""``DUOL``: the advisory lock of whoever makes the tables."""
_TIMEOUT: Final = 5
"""Seconds after which a server that does not answer is taken for gone."""

Connection = psycopg.Connection[tuple[Any, ...]]


def connected(url: str) -> Connection:
    """Return a connection, on which each statement is a transaction.

    Raises:
        StoreError: there is none.
    """
    given = {**_told(url)}
    given.setdefault("connect_timeout", _TIMEOUT)
    given.setdefault("tcp_user_timeout", _TIMEOUT * 1000)
    given.setdefault("fallback_application_name", "duolect")
    try:
        return psycopg.connect(**given, autocommit=True)
    except psycopg.Error as error:
        raise StoreError(f"{name_of(url)} {reason_of(error, url)}") from None


def prepare(url: str, db: Connection, *, make: bool = True) -> None:
    """Make the tables where there are none, and check the format of those that there are.

    Raises:
        StoreError: they are not those of this Duolect, or there are none and cannot be any.
    """
    with failing(url), db.transaction():
        db.execute("SELECT pg_advisory_xact_lock(%s)", (_MAKING,))
        if _has(db, "duolect_store"):
            (found,) = db.execute("SELECT max(format) FROM duolect_store").fetchone() or (None,)
            if found != FORMAT:
                raise StoreError(
                    f"{name_of(url)} has format {found}, and this Duolect reads format {FORMAT}: take the "
                    "one that wrote it, or export with that and import with this one"
                )
            return
        if any(_has(db, f"duolect_{each}") for each in (*TABLES, "seat", "beat")):
            raise StoreError(f"{name_of(url)} has tables of another program, and no store of Duolect")
        if not make:
            raise StoreError(f"there is no store in {name_of(url)}")
        make_tables(db)
        db.execute(_ABOUT)
        db.execute("INSERT INTO duolect_store VALUES (%s)", (FORMAT,))


def make_tables(db: Connection) -> None:
    """Make the tables with what is kept."""
    db.execute(_KEPT)


def put_aside(db: Connection) -> str:
    """Give the tables with what is kept other names, make new ones, and return what those begin with."""
    number = 1
    while _has(db, f"duolect_damaged_{number}_log"):
        number += 1
    aside = f"duolect_damaged_{number}_"
    for each in TABLES:
        db.execute(f"ALTER TABLE duolect_{each} RENAME TO {aside}{each}")
    make_tables(db)
    return aside


def _has(db: Connection, table: str) -> bool:
    """Say whether there is a table in the schema that the connection begins with."""
    found = db.execute(
        "SELECT to_regclass(quote_ident(current_schema()) || '.' || %s)", (table,)
    ).fetchone()
    return found is not None and found[0] is not None


@contextmanager
def failing(url: str) -> Iterator[None]:
    """Raise ``StoreError`` for what the database says."""
    try:
        yield
    except psycopg.Error as error:
        raise StoreError(f"{name_of(url)} {reason_of(error, url)}") from None


# -- what is said --------------------------------------------------------------------------------------


def _told(url: str) -> dict[str, Any]:
    """Return what a URL says.

    Raises:
        StoreError: it is none.
    """
    try:
        return {**conninfo_to_dict(url)}
    except psycopg.Error as error:
        raise StoreError(f"{_hidden(url)} is no URL of a database: {_scrubbed(str(error), url)}") from None


def name_of(url: str) -> str:
    """Return the name of a database without what nobody should see."""
    try:
        told = _told(url)
    except StoreError:
        return _hidden(url)
    host = told.get("host") or "localhost"
    port = f":{told['port']}" if told.get("port") else ""
    return f"postgresql://{host}{port}/{told.get('dbname') or ''}"


def _hidden(url: str) -> str:
    return f"{url.partition('://')[0][:20]}://..."


def reason_of(error: Exception, url: str) -> str:
    """Return what the driver says, to stand after the name of the database."""
    text = " ".join(str(error).split())
    return f"cannot be used: {_scrubbed(text, url)}"


def _scrubbed(text: str, url: str) -> str:
    """Return a text without the password that a URL may hold, whole or by parts."""
    authority = url.partition("://")[2].partition("/")[0]
    password = authority.rpartition("@")[0].partition(":")[2]
    given = [password, *password.split("@"), *(each.partition("=")[2] for each in _secrets(url))]
    for secret in sorted({*given, *map(unquote, given)}, key=len, reverse=True):
        if secret:
            text = text.replace(secret, "***")
    return text


def _secrets(url: str) -> list[str]:
    """Return the parameters of a URL that nobody should see."""
    parameters = url.partition("?")[2].split("&")
    return [each for each in parameters if each.partition("=")[0] in {"password", "sslpassword"}]
