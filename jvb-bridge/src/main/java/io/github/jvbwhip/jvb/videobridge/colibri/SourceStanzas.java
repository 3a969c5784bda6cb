package io.github.jvbwhip.jvb.videobridge.colibri;

import io.github.jvbwhip.jvb.host.SourcePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jitsi.xmpp.extensions.colibri.SourcePacketExtension;
import org.jitsi.xmpp.extensions.jingle.SourceGroupPacketExtension;

/**
 * The SSRCs of sources as XML, and what belongs together (XEP-0339), alike in Colibri and Jingle.
 */
public final class SourceStanzas {
  private SourceStanzas() {}

  /** All of a source: each encoding, and its retransmissions where it has such. */
  public static List<SourcePacketExtension> ssrcs(SourcePlan plan) {
    return plan.encodings().stream()
        .flatMapToLong(
            encoding ->
                LongStream.concat(LongStream.of(encoding.ssrc()), encoding.rtxSsrc().stream()))
        .mapToObj(SourceStanzas::ssrc)
        .toList();
  }

  /** The encodings of a simulcast, then each with its retransmissions. */
  public static List<SourceGroupPacketExtension> groups(SourcePlan plan) {
    List<SourceGroupPacketExtension> groups = new ArrayList<>();
    if (plan.encodings().size() > 1) {
      groups.add(
          group(
              SourceGroupPacketExtension.SEMANTICS_SIMULCAST,
              plan.encodings().stream().mapToLong(SourcePlan.Encoding::ssrc)));
    }
    for (SourcePlan.Encoding encoding : plan.encodings()) {
      encoding
          .rtxSsrc()
          .ifPresent(
              rtx ->
                  groups.add(
                      group(
                          SourceGroupPacketExtension.SEMANTICS_FID,
                          LongStream.of(encoding.ssrc(), rtx))));
    }
    return groups;
  }

  private static SourceGroupPacketExtension group(String semantics, LongStream ssrcs) {
    SourceGroupPacketExtension group = new SourceGroupPacketExtension();
    group.setSemantics(semantics);
    group.addSources(ssrcs.mapToObj(SourceStanzas::ssrc).toList());
    return group;
  }

  private static SourcePacketExtension ssrc(long ssrc) {
    SourcePacketExtension xml = new SourcePacketExtension();
    xml.setSSRC(ssrc);
    return xml;
  }
}
