package io.github.jvbwhip.load.client;

/** By what a server learns how much a player can take. */
public enum BandwidthFeedback {
  TRANSPORT_CC,
  REMB,
  NONE
}
