"""The codes with which actions may answer: those that the vendor lists, and with a reason a few others.

A vendor's list for an action is never complete. Where the emulator gives a code that the list lacks, the
entry of the action in its subject's ``codes.json`` has it, with the reason. ``tests.harness`` holds every
answer of every test against this.
"""

from duolect.calls.pipeline import Pipeline
from duolect_dialects.action import Action
from duolect_dialects.dialect import Dialect


def is_listed(dialect: Dialect, action: Action, code: str) -> bool:
    """Say whether the vendor lists a code for an action, or for all."""
    return code in dialect.documents(action) or code in dialect.common


def may_answer(dialect: Dialect, action: Action, code: str) -> bool:
    """Say whether an action may answer with a code."""
    if code == "DryRunOperation" and "DryRun" in action.parameters:
        return True  # the parameter's own description has it
    return is_listed(dialect, action, code) or code in dialect.gives_beyond(action)


def check_latest(pipeline: Pipeline) -> None:
    """Assert that the latest call was not answered with a code that its action never gives."""
    for record in pipeline.journal.records(pipeline.journal.last - 1):
        dialect = next(each for each in pipeline.dialects if each.name == record.cloud)
        action = dialect.actions.get((record.version, record.action))
        if record.code and action is not None:
            assert may_answer(dialect, action, record.code), f"{record.action} says {record.code}"
