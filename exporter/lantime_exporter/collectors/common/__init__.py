"""What collectors of several families share: places, words and decoding. No collector of its own."""
