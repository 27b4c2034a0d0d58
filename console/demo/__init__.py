"""Generated Brazilian support traffic: own phrases, measured distributions, a fixed seed."""
