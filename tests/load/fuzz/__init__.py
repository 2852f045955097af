"""Coverage-guided fuzzing of everything that reads external bytes: ``python -m tests.load.fuzz``, or ``make fuzz``.

``targets`` has the fuzzed functions, ``checks`` the conditions for their results, ``mutate`` changes whole documents;
``one`` runs one target in a process, ``__main__`` all of them.
"""
