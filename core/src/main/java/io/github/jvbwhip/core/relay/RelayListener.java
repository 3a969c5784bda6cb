package io.github.jvbwhip.core.relay;

/** Hears of one side of a link. Called on bridge threads, in order; must only enqueue. */
public interface RelayListener {
  /**
   * What there is on this side for the other one to be told: all but what it has told itself. The
   * first time as soon as the link is allocated. Changes that follow one another closely may be
   * told as one; bitrates alone about once a second.
   */
  void changed(RoomSide ours);

  /**
   * It has ended without being closed.
   *
   * @param detail for the log
   */
  void ended(String detail);
}
