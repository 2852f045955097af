"""The tolerant document: a device's answer as a tree of named leaves, and the values those leaves can hold."""
