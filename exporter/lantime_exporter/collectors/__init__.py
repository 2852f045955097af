"""Collectors: one file for each part of the device or family of modules, a table of metrics and how to read them.

A new family is one new file here with a ``COLLECTOR``; it is found by itself.
"""
