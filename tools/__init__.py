"""Generators of documents and checks that are not part of the program."""
