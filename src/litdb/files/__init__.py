"""Reading notes and settings from disk, and replacing files so that none is ever half-written."""
