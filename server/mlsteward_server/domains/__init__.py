"""One package for each domain of the spec. The function with the name of an operation is its handler.

`resource.py` of a domain declares its kinds of objects. `registry.py` finds all of them.
"""
