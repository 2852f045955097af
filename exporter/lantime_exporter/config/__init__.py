"""Configuration: a YAML file or the environment to frozen and validated settings.

``load`` has the functions, ``settings`` the sections of the file.
"""
