"""Names, pronouns and noun phrases that may name a speaker."""
