"""The HTTP server and its endpoints.

``server`` accepts connections, ``request_handler`` serves one of them, ``routes`` turns a request into a response
without a socket, ``access_control`` applies the file of ``--web.config.file``.
"""
