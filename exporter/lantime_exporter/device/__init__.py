"""The LTOS REST client: the only place that knows HTTP.

One ``DeviceClient`` (``client``) serves one device. It reads over kept connections (``transport``, ``connection``,
``sockets``), keeps every deadline, and turns whatever goes wrong into one ``DeviceError`` (``translate``).
"""
