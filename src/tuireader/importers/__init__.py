"""Reads exports of other services as articles with highlights; one module for each format."""
