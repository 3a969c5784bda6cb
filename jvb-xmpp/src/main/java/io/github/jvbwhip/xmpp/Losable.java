package io.github.jvbwhip.xmpp;

/** A connection that can be given up where nothing comes over it any more. */
interface Losable {
  /** As if it had been lost by itself. */
  void lose(Exception cause);
}
