"""The public surface of the client, as one text; and what in it would break scripts that exist.

* `reading`: from the sources to the lines of the text, without importing them
* `commands`: the same for the `mlsteward` command
* `comparing`: from two texts to what breaks
"""
