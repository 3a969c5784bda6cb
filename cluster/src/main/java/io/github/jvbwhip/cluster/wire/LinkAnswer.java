package io.github.jvbwhip.cluster.wire;

import io.github.jvbwhip.core.bridge.LocalTransport;

/** What becomes of a {@link LinkRequest}. */
public sealed interface LinkAnswer {
  /**
   * The link is there.
   *
   * @param side what is on the answerer's side
   * @param incarnation of its process
   */
  record Linked(LocalTransport transport, Side side, String incarnation) implements LinkAnswer {}

  /**
   * That member is to be asked.
   *
   * @param full whether this one has all the links that it may have
   */
  record Elsewhere(String member, boolean full) implements LinkAnswer {}

  /**
   * Nothing, for now.
   *
   * @param why for the log
   */
  record Refused(String why) implements LinkAnswer {}
}
