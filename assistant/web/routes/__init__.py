"""Addresses of the application beside the page itself, one file each."""
