"""Addresses of the page beside itself, one file each: what is fetched and not shown in it."""
