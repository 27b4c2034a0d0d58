"""Contacts: search them, see their conversations, write down a new one."""

from console.ui import contacts

contacts.draw()
