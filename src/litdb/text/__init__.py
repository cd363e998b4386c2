"""Small values: URLs, dates, names and titles are read and printed here, with no opinion about sites."""
