"""Letters (`.eml`), mailboxes (`.mbox`), and the MIME format that saved pages share with them."""
