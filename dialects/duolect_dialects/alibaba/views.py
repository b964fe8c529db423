"""What the views of all subjects share. A list stands in its wrapper even when it is empty."""

from collections.abc import Iterable, Mapping

from duolect_core.model.resources import Resource
from duolect_dialects.action import Body
from duolect_dialects.session import Session


def owner(session: Session) -> str:
    """Return the account id: 16 digits."""
    return session.account.digits(16)


def default_group(session: Session) -> str:
    """Return the id of the resource group in which resources of VPC are that were put in no other.

    It has 15 characters after the prefix, as recorded. Resources of ECS show an empty text for it.
    """
    return "rg-acfm" + session.account.digits(11)


def group_of(session: Session, shown: Resource) -> str:
    """Return the id of the resource group of a resource of VPC."""
    group: str = shown.extras.get("ResourceGroupId") or default_group(session)
    return group


def tags(of: Mapping[str, str]) -> Body:
    """Return tags as ECS spells them."""
    return {"Tag": [{"TagKey": key, "TagValue": value} for key, value in of.items()]}


def plain_tags(of: Mapping[str, str]) -> Body:
    """Return tags as VPC spells them."""
    return {"Tag": [{"Key": key, "Value": value} for key, value in of.items()]}


def only(names: Iterable[str], body: Body) -> Body:
    """Return what another view shows of the same: the members of these names, in their order."""
    return {name: body[name] for name in names}
