"""What Datasette is told about the library: labels, facets, queries."""
