"""The journal: an append-only file under TinyDB from which nothing is lost, and its backups."""
