"""Looking at works and what is said about them: why, conflicts, likely duplicates, changes. Pure."""
