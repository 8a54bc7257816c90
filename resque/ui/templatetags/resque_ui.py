"""`{% load resque_ui %}`: every tag and filter of the look (resque/ui/tags), listed in docs/look.md."""

from django.template import Library

from resque.ui.tags import blocks, figures, forms, frame, lists, marks, numbers, people

register = Library()
for module in (blocks, figures, forms, frame, lists, marks, numbers, people):
    register.tags.update(module.register.tags)
    register.filters.update(module.register.filters)
