"""`central bench`: the promises of speed, held against what one would pick instead."""
