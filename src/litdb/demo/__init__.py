"""A little web on this machine: invented facts, answered as the real sites answer, for `litdb demo` and the tests.

Needs the extra `demo` (trustme, which mints the certificates).
"""
