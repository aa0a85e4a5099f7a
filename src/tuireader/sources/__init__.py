"""Where articles come from: bytes in, Article out. One kind of source, one module."""
