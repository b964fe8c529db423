"""The control API under ``/_duolect/``: what a test does to the emulator rather than to a cloud.

``application`` puts it together, ``routes`` says how a route is declared, ``reading`` how requests are
read, and ``openapi`` describes it all. Each other module holds the routes of one subject and ends with its
``ROUTES``.
"""
