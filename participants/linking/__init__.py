"""Records of one human being: how the database keeps pairs, pointers and questions to partners."""
