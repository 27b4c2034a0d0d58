"""Types and rules of the service centre; standard library only, no input or output."""
