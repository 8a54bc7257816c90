"""Reading services: the timeline of a person, what somebody recorded last, cases that wait for somebody."""
