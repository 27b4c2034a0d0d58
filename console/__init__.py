"""Central: the supervisor console of a WhatsApp customer-service centre."""
