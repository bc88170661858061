"""omnijourney: customer journeys and company strategies, replayed on the same customers."""
