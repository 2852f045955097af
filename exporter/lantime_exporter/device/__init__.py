"""The LTOS REST client: the only place that knows HTTP.

One ``DeviceClient`` (``client``) serves one device. It authenticates (``auth``), sends requests over connections that
keep every deadline (``connection``, ``deadline_socket``), and turns all failures into one ``DeviceError``
(``error_mapping``).
"""
