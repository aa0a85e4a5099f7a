"""Transcripts and subtitles: WebVTT, SubRip, and the JSON of podcasts."""
