package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.PlannedEncoding;
import io.github.jvbwhip.core.sdp.MediaDescription;
import io.github.jvbwhip.core.sdp.RtpAttribute.Rid;
import io.github.jvbwhip.core.sdp.RtpAttribute.Simulcast;
import io.github.jvbwhip.core.sdp.RtpAttribute.SimulcastId;
import io.github.jvbwhip.core.sdp.RtpAttribute.SimulcastStream;
import io.github.jvbwhip.core.sdp.SourceAttribute.Ssrc;
import io.github.jvbwhip.core.sdp.SourceAttribute.SsrcGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The encodings that a publisher announces in one m-section.
 *
 * @param planned at least one
 * @param simulcast whether {@code a=simulcast} was offered, and is answered
 */
record Encodings(List<PlannedEncoding> planned, boolean simulcast) {

  /** RIDs if there are any (RFC 8853); else SSRC groups as older browsers write; else SSRCs. */
  static Encodings of(MediaDescription section, boolean simulcastSupported) {
    Set<String> sent = new HashSet<>();
    for (Rid rid : section.all(Rid.class)) {
      if (rid.sends()) {
        sent.add(rid.id());
      }
    }
    if (simulcastSupported) {
      List<String> rids = section.first(Simulcast.class).map(s -> rids(s, sent)).orElse(List.of());
      if (!rids.isEmpty()) {
        return new Encodings(rids.stream().map(Encodings::ofRid).toList(), true);
      }
      List<PlannedEncoding> grouped = ofSimGroup(section);
      if (!grouped.isEmpty()) {
        return new Encodings(grouped, false);
      }
    }
    Optional<String> rid = sent.size() == 1 ? sent.stream().findFirst() : Optional.empty();
    OptionalLong ssrc = primarySsrc(section);
    OptionalLong rtxSsrc = ssrc.isPresent() ? rtxSsrc(section, ssrc.getAsLong()) : ssrc;
    return new Encodings(List.of(new PlannedEncoding(rid, ssrc, rtxSsrc)), false);
  }

  /**
   * The first alternative of each simulcast stream that has an {@code a=rid} line; the others are
   * to be discarded (RFC 8853 §5.3.2).
   */
  private static List<String> rids(Simulcast simulcast, Set<String> sent) {
    Set<String> rids = new LinkedHashSet<>();
    for (SimulcastStream stream : simulcast.send()) {
      stream.alternatives().stream()
          .map(SimulcastId::rid)
          .filter(sent::contains)
          .findFirst()
          .ifPresent(rids::add);
    }
    return List.copyOf(rids);
  }

  private static PlannedEncoding ofRid(String rid) {
    return new PlannedEncoding(Optional.of(rid), OptionalLong.empty(), OptionalLong.empty());
  }

  private static List<PlannedEncoding> ofSimGroup(MediaDescription section) {
    List<PlannedEncoding> result = new ArrayList<>();
    for (SsrcGroup group : section.all(SsrcGroup.class)) {
      if (group.semantics().equals(SsrcGroup.SIM) && result.isEmpty()) {
        for (long ssrc : new LinkedHashSet<>(group.ssrcs())) {
          result.add(
              new PlannedEncoding(Optional.empty(), OptionalLong.of(ssrc), rtxSsrc(section, ssrc)));
        }
      }
    }
    return result;
  }

  /** The first SSRC that is not another's retransmission. */
  private static OptionalLong primarySsrc(MediaDescription section) {
    Set<Long> repairs = new HashSet<>(repairs(section).values());
    for (Ssrc source : section.all(Ssrc.class)) {
      if (!repairs.contains(source.ssrc())) {
        return OptionalLong.of(source.ssrc());
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong rtxSsrc(MediaDescription section, long primary) {
    Long repair = repairs(section).get(primary);
    return repair == null ? OptionalLong.empty() : OptionalLong.of(repair);
  }

  /** Retransmission SSRCs by the SSRC that they repeat. */
  private static Map<Long, Long> repairs(MediaDescription section) {
    Map<Long, Long> result = new HashMap<>();
    for (SsrcGroup group : section.all(SsrcGroup.class)) {
      if (group.semantics().equals(SsrcGroup.FID) && group.ssrcs().size() == 2) {
        result.putIfAbsent(group.ssrcs().get(0), group.ssrcs().get(1));
      }
    }
    return result;
  }
}
