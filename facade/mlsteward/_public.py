"""What completion offers: public names only."""


def public_names(thing: object) -> list[str]:
    """The names of an object that do not start with an underscore. For a class's `__dir__`."""
    return [name for name in object.__dir__(thing) if not name.startswith("_")]
