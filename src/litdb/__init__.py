"""litdb: from reading notes to a citation database with its evidence."""

__version__ = "0.1.0"
