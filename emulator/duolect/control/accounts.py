"""Control of who may call what: access keys, standing refusals, and signatures that failed verification."""

from http import HTTPStatus
from typing import Final

import attrs
from starlette.responses import Response

from duolect.access.authentication import Failure, Key, Mode
from duolect.access.conditions import Condition, InvalidCondition, validate_condition
from duolect.calls.pipeline import Pipeline
from duolect.control.routes import ControlRequest, Route
from duolect.members import member
from duolect.problems import Problem


@attrs.frozen(kw_only=True)
class Signatures:
    """How signatures are treated, and the latest that were not believed."""

    mode: Mode = member("off, warn or strict")
    failures: tuple[Failure, ...] = member("oldest first: what was sent beside what the server computed")


async def show_signatures(pipeline: Pipeline, _: ControlRequest) -> Signatures:
    """Show the latest signatures that were not believed: what was sent beside what was computed."""
    authenticator = pipeline.access.authenticator
    return Signatures(mode=authenticator.mode, failures=tuple(authenticator.failures))


@attrs.frozen(kw_only=True)
class KeyShown:
    """A known access key, without what is secret about it."""

    id: str = member("the access key id")
    account: str = member("the account that it belongs to")
    sub_user: bool = member("whether it is a sub-user's key")
    temporary: bool = member("whether a security token must come with it")
    expires: int | None = member("the second since 1970 at which it ends, if it does")


@attrs.frozen(kw_only=True)
class Keys:
    """The known access keys."""

    keys: tuple[KeyShown, ...] = member("in the order in which they became known")


async def list_keys(pipeline: Pipeline, _: ControlRequest) -> Keys:
    """List the known access keys, without what is secret about them."""
    keys = pipeline.access.authenticator.keys
    return Keys(
        keys=tuple(
            KeyShown(
                id=name,
                account=key.account or name,
                sub_user=key.sub_user,
                temporary=bool(key.token),
                expires=key.expires,
            )
            for name, key in keys.items()
        )
    )


def _not_empty(_: object, field: "attrs.Attribute[str]", value: str) -> None:
    if not value:
        raise ValueError(f"{field.name} must not be empty")


@attrs.frozen(kw_only=True)
class KeyWanted:
    """An access key as it shall be known."""

    secret: str = member("what it signs with", validator=_not_empty)
    token: str = member("the security token that must come with it", default="")
    expires: int | None = member("the second since 1970 at which it ends", default=None)
    account: str = member("the account it belongs to; empty: one of its own", default="")
    sub_user: bool = member("whether it is a sub-user's key", default=False)


async def put_key(pipeline: Pipeline, request: ControlRequest) -> Response:
    """Make an access key known, or change it.

    Answers 201 for a key that is new and 204 for one that was known.
    """
    authenticator, name = pipeline.access.authenticator, request.path["key"]
    known = name in authenticator.keys
    authenticator.put_key(name, Key(**attrs.asdict(request.body)))
    return Response(status_code=HTTPStatus.NO_CONTENT if known else HTTPStatus.CREATED)


async def delete_key(pipeline: Pipeline, request: ControlRequest) -> None:
    """Forget an access key."""
    if pipeline.access.authenticator.drop_key(request.path["key"]) is None:
        raise Problem(HTTPStatus.NOT_FOUND, "There is no such key.")


@attrs.frozen(kw_only=True)
class ConditionShown:
    """A standing refusal."""

    cloud: str = member("alibaba or tencent")
    code: str = member("a code that the vendor documents for the action")
    access_key: str = member("*, an access key, an account, or sub-users", default="*")
    action: str = member("* or the name of an action", default="*")
    zone: str = member("* or a zone: only new instances in it are refused", default="*")
    instance_type: str = member("* or a type: only new instances of it are refused", default="*")


@attrs.frozen(kw_only=True)
class Conditions:
    """The standing refusals."""

    conditions: tuple[ConditionShown, ...] = member("in the order in which they are tried")


async def list_conditions(pipeline: Pipeline, _: ControlRequest) -> Conditions:
    """List the standing refusals."""
    return Conditions(conditions=tuple(map(_shown, pipeline.access.conditions)))


async def add_condition(pipeline: Pipeline, request: ControlRequest) -> ConditionShown:
    """Add a standing refusal."""
    wanted: ConditionShown = request.body
    condition = Condition(
        dialect=wanted.cloud,
        access_key=wanted.access_key,
        action=wanted.action,
        code=wanted.code,
        zone=wanted.zone,
        instance_type=wanted.instance_type,
    )
    try:
        validate_condition(condition, pipeline.dialects)
    except InvalidCondition as reason:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"{reason}.") from None
    pipeline.access.conditions.append(condition)
    return _shown(condition)


@attrs.frozen(kw_only=True)
class Whose:
    """Whose conditions are meant: without a parameter, everybody's."""

    access_key: str | None = member("only those with exactly this access key", default=None)


async def drop_conditions(pipeline: Pipeline, request: ControlRequest) -> None:
    """Take all standing refusals away, or those that name an access key."""
    whose: Whose = request.query
    pipeline.access.conditions.drop(whose.access_key)


def _shown(condition: Condition) -> ConditionShown:
    return ConditionShown(
        cloud=condition.dialect,
        access_key=condition.access_key,
        action=condition.action,
        code=condition.code,
        zone=condition.zone,
        instance_type=condition.instance_type,
    )


_KEY: Final = "/_duolect/keys/{key}"
_CONDITIONS: Final = "/_duolect/conditions"
ROUTES: Final = (
    Route(method="GET", path="/_duolect/signatures", run=show_signatures, reply=Signatures),
    Route(method="GET", path="/_duolect/keys", run=list_keys, reply=Keys),
    Route(
        method="PUT",
        path=_KEY,
        run=put_key,
        body=KeyWanted,
        status=HTTPStatus.NO_CONTENT,
        also={HTTPStatus.CREATED: "The key is new."},
    ),
    Route(
        method="DELETE",
        path=_KEY,
        run=delete_key,
        status=HTTPStatus.NO_CONTENT,
        refuses={HTTPStatus.NOT_FOUND: "There is no such key."},
    ),
    Route(method="GET", path=_CONDITIONS, run=list_conditions, reply=Conditions),
    Route(
        method="POST",
        path=_CONDITIONS,
        run=add_condition,
        body=ConditionShown,
        reply=ConditionShown,
        status=HTTPStatus.CREATED,
    ),
    Route(
        method="DELETE", path=_CONDITIONS, run=drop_conditions, query=Whose, status=HTTPStatus.NO_CONTENT
    ),
)
