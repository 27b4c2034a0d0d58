"""One module per revision, with its statements per dialect beside it."""
