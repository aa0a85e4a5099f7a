"""Sources of articles: each module reads one file type and returns an Article."""
