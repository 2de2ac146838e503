"""Lists of records as CSV, JSON lines and DataFrames, a page at a time.

* `columns`: the columns of a type of record
* `writers`: the formats of files
* `frames`: columns collected for pandas and polars
* `targets`: a path, an open file, or a text to return
* `progress`: a bar, where it takes long
* `running`: one export, from its arguments to its result
"""
