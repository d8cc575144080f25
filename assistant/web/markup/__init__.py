"""What the page shows, as HTML made by pure functions; Gradio is not needed for any of it."""
