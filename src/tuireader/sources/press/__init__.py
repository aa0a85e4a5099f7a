"""Exports of press databases: Nexis, Factiva, ProQuest and Europresse, one article each."""
