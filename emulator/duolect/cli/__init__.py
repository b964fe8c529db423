"""The command line: ``main`` is its entry point, ``command`` its parser, ``options`` what commands share.

Each other module holds the commands of one subject, which control a running emulator. In it ``declare_...``
says what a command takes; beside it is what the command does: a function that gets the client and the
options, writes to standard output, and returns the exit status.
"""
