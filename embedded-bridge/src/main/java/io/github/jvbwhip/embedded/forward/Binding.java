package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.rtp.PacketRewriter;
import io.github.jvbwhip.core.rtp.PayloadTypeMap;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensionRewriter;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one track makes of one publisher's media: payload types, header-extension ids and SSRC,
 * decided when the track begins to follow it. Immutable.
 */
final class Binding {
  /** What goes through from publisher to player; all else is the bridge's to write, or nobody's. */
  private static final Set<HeaderExtensionType> PASSED =
      EnumSet.of(
          HeaderExtensionType.AUDIO_LEVEL,
          HeaderExtensionType.VIDEO_ORIENTATION,
          HeaderExtensionType.DEPENDENCY_DESCRIPTOR);

  private static final int MAX_ONE_BYTE_ID = 14;

  private final PayloadTypeMap payloadTypes;
  private final PacketRewriter rewriter;

  private Binding(PayloadTypeMap payloadTypes, PacketRewriter rewriter) {
    this.payloadTypes = payloadTypes;
    this.rewriter = rewriter;
  }

  /** The binding of a track that sends with {@code ssrc}. */
  static Binding of(IngestMedia from, EgressMedia to, long ssrc) {
    Map<Integer, Integer> pairs = new HashMap<>();
    for (NegotiatedCodec codec : from.codecs()) {
      CodecPairs.counterpart(codec.codec(), to.codecs())
          .ifPresent(match -> pairs.put(codec.payloadType(), match.payloadType()));
    }
    PayloadTypeMap payloadTypes = PayloadTypeMap.of(pairs);
    HeaderExtensionRewriter extensions =
        HeaderExtensionRewriter.of(extensionIds(from.extensions(), to.extensions()), true);
    return new Binding(payloadTypes, new PacketRewriter(payloadTypes, extensions, ssrc));
  }

  /** The player's payload type, or {@link PayloadTypeMap#DROP}. */
  int payloadType(int publishers) {
    return payloadTypes.map(publishers);
  }

  /** Whether the player takes that payload type of the publisher. */
  boolean accepts(int payloadType) {
    return payloadTypes.map(payloadType) != PayloadTypeMap.DROP;
  }

  PacketRewriter rewriter() {
    return rewriter;
  }

  private static Map<Integer, Integer> extensionIds(
      List<NegotiatedExtension> from, List<NegotiatedExtension> to) {
    Map<Integer, Integer> ids = new HashMap<>();
    for (NegotiatedExtension extension : from) {
      if (PASSED.contains(extension.type())) {
        Optional<NegotiatedExtension> target =
            to.stream().filter(e -> e.type() == extension.type()).findFirst();
        target.ifPresent(t -> ids.put(extension.id(), t.id()));
      }
    }
    // Named one by one, so that the map is never the identity: that would let all ids pass.
    for (int id = 1; id <= MAX_ONE_BYTE_ID; id++) {
      ids.putIfAbsent(id, HeaderExtensionRewriter.DROP);
    }
    return ids;
  }
}
