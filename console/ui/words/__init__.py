"""The words of the pages, one module each."""
