"""What a vendor says when something is refused."""

import attrs

from duolect_core.by_fields import Shown


@attrs.frozen(eq=False, repr=False)
class ErrorTemplate(Shown):
    """A code, its HTTP status, and the template of its message over the facts of an error."""

    code: str
    template: str
    status: int = 200
