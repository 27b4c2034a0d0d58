"""The bench of webhooks: a flood from a provider while people work in their inboxes."""
