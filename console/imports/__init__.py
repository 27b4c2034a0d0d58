"""Conversations from elsewhere: one module per format, each safe to repeat."""
