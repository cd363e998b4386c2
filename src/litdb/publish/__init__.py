"""A library as a static site: pure functions from a public copy of it to the texts of files.

What may be seen at all is decided below, in `litdb.database.public`; here it is made presentable.
"""
