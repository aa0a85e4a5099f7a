"""The screens, made with Textual, and only here."""
