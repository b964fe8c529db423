"""Faults: what a test makes go wrong, between a client and a cloud or inside the cloud.

``rules`` says what can be asked for, ``matching`` which resources a call is about. ``engine`` matches calls
with rules and injects their faults, ``responses`` is how an answer that is late or lost looks to the
server, and ``replicas`` lets reading actions see the past.
"""
