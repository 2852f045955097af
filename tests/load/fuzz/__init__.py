"""Coverage-guided fuzzing of everything that reads bytes from outside: ``python -m tests.load.fuzz``, or ``make fuzz``.

``targets`` holds the functions that are fuzzed, ``checks`` what must hold of their results, ``mutate`` the change of
whole documents, ``one`` runs one target in its process, ``__main__`` all of them.
"""
