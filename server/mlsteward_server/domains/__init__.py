"""One package for each domain of the spec. In its modules, the function with the name of an operation handles it.

`resource.py` of a domain declares what kinds of objects it has; `registry.py` finds all of them.
"""
