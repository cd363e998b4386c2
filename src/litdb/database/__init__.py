"""All SQL lives here: the journal that only grows, and the library that is projected from it."""
