"""Who may use the page: sign-in, sessions, and a guard around the whole application.

Without a users file nobody signs in; the guard then still keeps other sites and other hosts out.
Nothing here imports Gradio.
"""

from assistant.web.people.carried import person_of

__all__ = ["person_of"]
