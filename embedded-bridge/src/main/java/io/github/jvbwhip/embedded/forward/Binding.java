package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.codec.PayloadForm;
import io.github.jvbwhip.core.negotiation.CodecMatcher;
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
      EnumSet.of(HeaderExtensionType.AUDIO_LEVEL, HeaderExtensionType.DEPENDENCY_DESCRIPTOR);

  private static final int MAX_ONE_BYTE_ID = 14;

  private final PayloadTypeMap payloadTypes;
  private final PacketRewriter rewriter;
  private final PacketRewriter describedRewriter;
  private final boolean described;
  private final RedPayload red;
  private final boolean acceptsAny;

  private Binding(
      PayloadTypeMap payloadTypes,
      PacketRewriter rewriter,
      PacketRewriter describedRewriter,
      boolean described,
      RedPayload red,
      boolean acceptsAny) {
    this.payloadTypes = payloadTypes;
    this.rewriter = rewriter;
    this.describedRewriter = describedRewriter;
    this.described = described;
    this.red = red;
    this.acceptsAny = acceptsAny;
  }

  /** The binding of a track that sends with {@code ssrc}. */
  static Binding of(IngestMedia from, EgressMedia to, long ssrc) {
    Map<Integer, Integer> pairs = new HashMap<>();
    for (NegotiatedCodec codec : from.codecs()) {
      CodecMatcher.best(codec.codec(), to.codecs())
          .ifPresent(match -> pairs.put(codec.payloadType(), match.payloadType()));
    }
    boolean unwraps = to.codecs().stream().map(NegotiatedCodec::codec).noneMatch(Binding::isRed);
    if (unwraps) {
      unwrapRed(from, pairs);
    }
    PayloadTypeMap payloadTypes = PayloadTypeMap.of(pairs);
    boolean described =
        id(from.extensions(), HeaderExtensionType.DEPENDENCY_DESCRIPTOR).isPresent()
            && id(to.extensions(), HeaderExtensionType.DEPENDENCY_DESCRIPTOR).isPresent();
    return new Binding(
        payloadTypes,
        rewriter(payloadTypes, extensionIds(from, to, false), ssrc),
        rewriter(payloadTypes, extensionIds(from, to, true), ssrc),
        described,
        new RedPayload(payloadTypes, unwraps),
        !pairs.isEmpty());
  }

  private static PacketRewriter rewriter(
      PayloadTypeMap payloadTypes, Map<Integer, Integer> extensionIds, long ssrc) {
    return new PacketRewriter(payloadTypes, HeaderExtensionRewriter.of(extensionIds, true), ssrc);
  }

  /** Redundant audio goes out as the audio that is in it. */
  private static void unwrapRed(IngestMedia from, Map<Integer, Integer> pairs) {
    Optional<Integer> inner =
        from.codecs().stream()
            .filter(codec -> !isRed(codec.codec()))
            .map(codec -> pairs.get(codec.payloadType()))
            .filter(target -> target != null)
            .findFirst();
    from.codecs().stream()
        .filter(codec -> isRed(codec.codec()))
        .forEach(codec -> inner.ifPresent(target -> pairs.put(codec.payloadType(), target)));
  }

  private static boolean isRed(Codec codec) {
    return CodecType.of(codec) == CodecType.RED;
  }

  /** Whether the player takes that payload type of the publisher. */
  boolean accepts(int payloadType) {
    return payloadTypes.map(payloadType) != PayloadTypeMap.DROP;
  }

  /** Whether the player takes anything of the publisher. */
  boolean acceptsAny() {
    return acceptsAny;
  }

  PacketRewriter rewriter(PayloadForm payload) {
    return payload == PayloadForm.DESCRIBED ? describedRewriter : rewriter;
  }

  /** Whether, of spatial layers that need a descriptor, the player can decode the lowest alone. */
  boolean isLowestLayerOnly(PayloadForm payload) {
    return payload == PayloadForm.DESCRIBED && !described;
  }

  RedPayload red() {
    return red;
  }

  /**
   * @param described whether the dependency descriptor passes: receivers that see it trust it more
   *     than the payload, and its numbers are not made continuous here, so that only the codec that
   *     needs it brings it
   */
  private static Map<Integer, Integer> extensionIds(
      IngestMedia from, EgressMedia to, boolean described) {
    Map<Integer, Integer> ids = new HashMap<>();
    for (NegotiatedExtension extension : from.extensions()) {
      HeaderExtensionType type = extension.type();
      if (PASSED.contains(type)
          && (described || type != HeaderExtensionType.DEPENDENCY_DESCRIPTOR)) {
        id(to.extensions(), type).ifPresent(target -> ids.put(extension.id(), target));
      }
    }
    // Named one by one, so that the map is never the identity: that would let all ids pass.
    for (int id = 1; id <= MAX_ONE_BYTE_ID; id++) {
      ids.putIfAbsent(id, HeaderExtensionRewriter.DROP);
    }
    return ids;
  }

  private static Optional<Integer> id(List<NegotiatedExtension> of, HeaderExtensionType type) {
    return of.stream().filter(e -> e.type() == type).map(NegotiatedExtension::id).findFirst();
  }
}
