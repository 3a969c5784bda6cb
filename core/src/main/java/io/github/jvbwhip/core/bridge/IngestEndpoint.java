package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.Set;

/** A publisher's endpoint. */
public interface IngestEndpoint extends BridgeEndpoint {

  /**
   * The m-sections as they are taken, for the answer: those that were asked for, without the codecs
   * that this room has not.
   */
  List<IngestMedia> media();

  /** What is amiss with what it sends now, each once, in the order of {@link MediaNotice}. */
  Set<MediaNotice> notices();

  /**
   * Frees the endpoint as {@link #close} does, for the same publisher which has come back and asks
   * for another one at once: where people see it, they need not see it go.
   */
  default void giveWay() {
    close();
  }

  /**
   * Says what else the other server has, which sends here: players may choose among that, and what
   * they want is asked for. A bridge that calls no servers passes over it.
   */
  default void offer(RemoteEncodings encodings) {}
}
