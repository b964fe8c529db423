"""The console: a page under ``/_duolect/console`` that draws the network as it lives.

``page/`` is what the browser gets, as it is: there is no build step. ``assets`` serves it. The other
modules are the routes that the page asks, ``routes`` gathers them. ``viewing`` holds what is kept while
somebody looks, and only then.
"""
