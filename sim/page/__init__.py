"""The workshop's page: choices, replayed while people look, and what a room does with them."""
