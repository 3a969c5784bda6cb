package io.github.jvbwhip.jvb.videobridge.colibri;

import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.jvb.host.MediaPlan;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What goes over links: all that the conference has a number for. What is lost is sent again as it
 * was, without a stream of its own for that.
 */
final class RelayMedia {
  private static final Set<Feedback> OF_VIDEO =
      Set.of(Feedback.CCM_FIR, Feedback.NACK, Feedback.NACK_PLI);

  private RelayMedia() {}

  static List<MediaPlan> of(ConferenceNumbers numbers) {
    return Stream.of(MediaKind.values())
        .map(kind -> new MediaPlan(kind, codecs(numbers, kind), extensions(numbers, kind)))
        .toList();
  }

  private static List<NegotiatedCodec> codecs(ConferenceNumbers numbers, MediaKind kind) {
    return numbers.payloadTypes().entrySet().stream()
        .filter(entry -> entry.getKey().kind() == kind)
        .sorted(Map.Entry.comparingByKey())
        .flatMap(
            entry ->
                entry.getKey().usual().stream()
                    .limit(1)
                    .map(
                        codec ->
                            new NegotiatedCodec(
                                entry.getValue(),
                                codec,
                                OptionalInt.empty(),
                                kind == MediaKind.VIDEO ? OF_VIDEO : Set.of())))
        .toList();
  }

  private static List<NegotiatedExtension> extensions(ConferenceNumbers numbers, MediaKind kind) {
    return numbers.extensions().entrySet().stream()
        .filter(
            entry ->
                (entry.getKey() == HeaderExtensionType.AUDIO_LEVEL) == (kind == MediaKind.AUDIO))
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> new NegotiatedExtension(entry.getValue(), entry.getKey()))
        .toList();
  }
}
