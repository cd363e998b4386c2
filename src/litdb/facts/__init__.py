"""A commons of facts: what public sources said of works, as lines of JSON that people share in git."""
