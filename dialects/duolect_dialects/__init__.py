"""Translators between vendors' network APIs and the core.

``alibaba`` and ``tencent`` never import each other; what both need is in the modules beside this one.
A dialect reads bytes and writes bytes. It does no I/O, keeps no state and knows no HTTP server.
"""
