"""The HTTP server and what it answers.

``server`` accepts connections, ``request_handler`` serves one of them, ``routes`` turns a request into a response
without a socket, ``probe_handler`` is ``/probe``, ``access_control`` applies the file of ``--web.config.file``.
"""
