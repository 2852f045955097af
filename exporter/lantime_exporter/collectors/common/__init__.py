"""Shared by several collectors: finders, enumerations and decoding."""
