"""Channels: each translates one WhatsApp provider to and from our words."""
