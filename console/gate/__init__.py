"""The door in front of everything: who may enter, by which address, with which headers."""
