"""What is known about Arabic and English: pure functions over text."""
