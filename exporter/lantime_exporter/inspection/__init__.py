"""A device for people: everything it says as tables, the account of its leaves, and reports fit to be shared."""
