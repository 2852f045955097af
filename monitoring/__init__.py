"""Alert rules and what stands around them, from one definition; a development package, not part of the wheel.

Signals (``signals``) say what is looked at, thresholds (``thresholds``) from where on it matters, alerts (``alerts``)
what follows; cases (``cases``) prove them, runbooks (``runbooks``) say what to do. ``python -m monitoring.render``
writes the rules and the documents.
"""
