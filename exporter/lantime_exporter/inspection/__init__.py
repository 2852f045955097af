"""A device as readable tables, the account of its leaves, and anonymised reports."""
