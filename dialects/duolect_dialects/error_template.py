"""What a vendor says when something is refused."""

import attrs


@attrs.frozen(eq=False)
class ErrorTemplate:
    """A code, its HTTP status, and the template of its message over the facts of an error."""

    code: str
    template: str
    status: int = 200
