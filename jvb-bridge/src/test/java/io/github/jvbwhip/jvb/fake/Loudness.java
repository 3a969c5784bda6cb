package io.github.jvbwhip.jvb.fake;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who speaks: whoever has been loud for a while. */
final class Loudness {
  /** In -dBov, as in RFC 6464. */
  private static final int LOUD = 40;

  private static final int PACKETS = 20;

  private final Consumer<String> speaker;
  private @Nullable String current;
  private @Nullable String loud;
  private int packets;

  Loudness(Consumer<String> speaker) {
    this.speaker = speaker;
  }

  /** A packet of that audio level came. */
  synchronized void heard(String endpointId, int level) {
    if (level > LOUD) {
      return;
    }
    packets = endpointId.equals(loud) ? packets + 1 : 1;
    loud = endpointId;
    if (packets >= PACKETS && !endpointId.equals(current)) {
      current = endpointId;
      speaker.accept(endpointId);
    }
  }
}
