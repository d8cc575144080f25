"""The views of the page, one file each: their parts, and which event leads to which function."""
