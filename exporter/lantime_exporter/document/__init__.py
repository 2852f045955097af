"""The tolerant document: a device's response as a tree of named leaves, and the values those leaves can hold."""
