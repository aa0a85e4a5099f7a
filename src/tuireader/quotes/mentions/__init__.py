"""Mentions: the names, pronouns and noun phrases that may refer to a speaker."""
