"""What can go wrong with lists of addresses and services, with their groups, and with what names them."""

from duolect_core.errors.base import CoreError, DependencyViolation, NotFound, QuotaExceeded


class AddressListNotFound(NotFound):
    """No list of addresses has this id."""


class RouteListNotFound(NotFound):
    """No list for routes has this id."""


class ServiceListNotFound(NotFound):
    """No list of services has this id."""


class AddressListGroupNotFound(NotFound):
    """No group of lists of addresses has this id."""


class ServiceListGroupNotFound(NotFound):
    """No group of lists of services has this id."""


class RouteListNotAssociated(NotFound):
    """The route table has no route that leads to the list."""


class ListBusy(CoreError):
    """The list is being modified or deleted."""

    list_id: str
    transient = True


class ListNamedByGroup(DependencyViolation):
    """A rule of a security group names the list."""


class ListNamedByRoute(DependencyViolation):
    """A route leads to the list."""


class ListInListGroup(DependencyViolation):
    """The list is in a group of lists."""


class ListEntryError(CoreError):
    """Something is wrong with an entry of a list, which is written as the cloud shows it."""

    list_id: str
    entry: str


class ListEntryRepeated(ListEntryError):
    """Two entries of one request, or of the list as it would be, are the same."""


class ListEntryPresent(ListEntryError):
    """The list has this entry already."""


class ListEntryMissing(ListEntryError):
    """The list has no such entry."""


class ListEntryVersionMismatch(ListEntryError):
    """The entry is of another version of IP than the list."""


class ListQuotaExceeded(QuotaExceeded):
    """Lists of a kind, or groups of lists, per region."""


class ListCapacityExceeded(QuotaExceeded):
    """How many entries a list may be made for."""


class ListFull(QuotaExceeded):
    """Entries of a list, or lists of a group."""


class ListGroupsExceeded(QuotaExceeded):
    """Groups of lists that a list is in."""


class ListGroupsOfRulesExceeded(QuotaExceeded):
    """Security groups whose rules name a list."""
