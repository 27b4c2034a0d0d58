"""What arrives from and leaves to the outside world while the server runs."""
