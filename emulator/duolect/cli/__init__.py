"""The command line's subcommands that speak to a running emulator, one module per subject.

In each module ``declare_...`` says what a command takes. Beside it stands what it does: a function that
gets the client and the options, writes to standard output, and returns the exit status.
"""
