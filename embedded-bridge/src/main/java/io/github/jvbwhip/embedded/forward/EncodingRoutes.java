package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.PlannedEncoding;
import io.github.jvbwhip.core.rtp.SsrcTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * From the SSRCs of a publisher to its encodings: those that were signalled, and those that are
 * learnt from packets. Bounded. Guarded by the room's lock.
 */
final class EncodingRoutes {
  /**
   * Streams that change their SSRC or their sequence all the time are not followed: so many per
   * second begin.
   */
  private static final int BEGUN_PER_SECOND = 32;

  private final StreamLearner learner;
  private final Map<Long, EncodingRoute> routes = new HashMap<>();
  private SsrcTable<EncodingRoute> table;
  private int budget = BEGUN_PER_SECOND;
  private OptionalLong untold = OptionalLong.empty();
  private boolean saidUntold;

  EncodingRoutes(List<IncomingMedia> media) {
    learner = new StreamLearner(media);
    for (IncomingMedia each : media) {
      for (PlannedEncoding planned : each.plan().encodings()) {
        planned.ssrc().ifPresent(ssrc -> addSignalled(each, planned, ssrc));
      }
    }
    table = SsrcTable.of(routes);
  }

  private void addSignalled(IncomingMedia media, PlannedEncoding planned, long ssrc) {
    Encoding encoding = media.encoding(planned.rid(), ssrc);
    media.put(encoding);
    routes.put(ssrc, new EncodingRoute(media, encoding, false));
    planned.rtxSsrc().ifPresent(rtx -> routes.put(rtx, new EncodingRoute(media, encoding, true)));
  }

  /** The route of a known SSRC, or null. */
  @Nullable EncodingRoute get(long ssrc) {
    return table.get(ssrc);
  }

  /** Once a second. */
  void tickSecond() {
    budget = BEGUN_PER_SECOND;
  }

  /** Learns the route of an unknown SSRC from a valid packet; null when it cannot be told (yet). */
  @Nullable EncodingRoute learn(byte[] b, int off, long ssrc) {
    if (budget == 0) {
      return null;
    }
    budget--;
    StreamLearner.Finding finding = learner.learn(b, off);
    if (finding == null) {
      if (untold.isEmpty() && learner.isAmbiguous(b, off)) {
        untold = OptionalLong.of(ssrc);
      }
      return null;
    }
    if (!finding.retransmission()) {
      return begin(finding.media(), finding.media().encoding(finding.rid(), ssrc));
    }
    Optional<Encoding> repaired =
        finding.media().encodings().stream()
            .filter(e -> !finding.media().isSimulcast() || e.rid().equals(finding.rid()))
            .findFirst();
    if (repaired.isEmpty()) {
      return null;
    }
    // One retransmission stream for an encoding: an older one is forgotten.
    routes.values().removeIf(r -> r.retransmission() && r.encoding() == repaired.get());
    return put(ssrc, new EncodingRoute(finding.media(), repaired.get(), true));
  }

  /** Whether there are packets that do not tell which m-section they are of. */
  boolean hasUntold() {
    return untold.isPresent();
  }

  /** An SSRC whose packets do not tell which m-section they are of; said once. */
  OptionalLong takeUntold() {
    if (saidUntold) {
      return OptionalLong.empty();
    }
    saidUntold = untold.isPresent();
    return untold;
  }

  /**
   * Begins an encoding anew under its SSRC: its sender restarted. Null when it does so too often.
   */
  @Nullable EncodingRoute restart(EncodingRoute route) {
    if (budget == 0) {
      return null;
    }
    budget--;
    IncomingMedia media = route.media();
    return begin(media, media.encoding(route.encoding().rid(), route.encoding().ssrc));
  }

  private EncodingRoute begin(IncomingMedia media, Encoding next) {
    Encoding replaced = media.put(next);
    if (replaced != null) {
      next.replace(replaced);
      routes.remove(replaced.ssrc);
      routes.replaceAll(
          (s, r) ->
              r.encoding() == replaced ? new EncodingRoute(media, next, r.retransmission()) : r);
    }
    return put(next.ssrc, new EncodingRoute(media, next, false));
  }

  private EncodingRoute put(long ssrc, EncodingRoute route) {
    routes.put(ssrc, route);
    table = SsrcTable.of(routes);
    return route;
  }
}
