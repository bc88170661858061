"""Where the customer's rules and the company's rules meet: one customer's day."""
