// The element whep-player.
