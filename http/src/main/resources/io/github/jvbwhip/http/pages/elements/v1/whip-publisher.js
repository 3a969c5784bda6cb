// The element whip-publisher.
