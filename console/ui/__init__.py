"""What people see: the frame, the drawn things and the look."""
