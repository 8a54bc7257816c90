"""The template tags of the look, by topic; `{% load resque_ui %}` loads all of them."""
