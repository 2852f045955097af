"""The status of a device as a tree of named leaves, and the decoding of their values."""
