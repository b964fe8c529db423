"""Every error of the core. Those of the subjects are imported when the first of them is asked for.

There are some two hundred of them, and most calls meet none: a start does without.
"""

from typing import TYPE_CHECKING, Any

from duolect_core.errors.base import *

if TYPE_CHECKING:
    from duolect_core.errors.every import *
else:

    def __getattr__(name: str) -> Any:  # noqa: ANN401 - an error
        if name[0] != "_" and name != "every":
            import duolect_core.errors.every as gathered  # noqa: PLC0415 - see above

            globals().update({each: value for each, value in vars(gathered).items() if each[0] != "_"})
        try:
            return globals()[name]
        except KeyError:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
