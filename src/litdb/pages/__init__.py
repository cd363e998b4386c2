"""HTML → claims: walls told from content, and what a page says about itself. Pure."""
