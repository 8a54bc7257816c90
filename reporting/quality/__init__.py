"""The check of data quality: the rules over every record of an operation, and over what is reported from them."""
