"""`python -m resque.start`: what bin/start does once the packages are there."""
