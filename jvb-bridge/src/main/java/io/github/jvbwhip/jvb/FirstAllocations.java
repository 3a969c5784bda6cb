package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A publisher and a player that never come. */
final class FirstAllocations {
  private static final Logger LOG = LoggerFactory.getLogger(FirstAllocations.class);
  private static final RoomName ROOM = new RoomName("warm-up");
  private static final String AUDIO = "0";
  private static final String VIDEO = "1";

  private static final EndpointListener LISTENER =
      new EndpointListener() {
        @Override
        public void connected() {}

        @Override
        public void ended(EndReason reason, String detail) {}
      };

  private FirstAllocations() {}

  /** Allocates both and frees them again; waits for nothing. */
  static void make(Bridge bridge) {
    List<CompletableFuture<? extends BridgeEndpoint>> openings =
        List.of(bridge.openIngest(publisher(), LISTENER), bridge.openEgress(player(), LISTENER));
    var unused =
        CompletableFuture.allOf(openings.toArray(CompletableFuture<?>[]::new))
            .whenComplete((all, failure) -> openings.forEach(FirstAllocations::close));
  }

  private static void close(CompletableFuture<? extends BridgeEndpoint> opening) {
    var unused =
        opening.whenComplete(
            (endpoint, failure) -> {
              if (failure == null) {
                endpoint.close();
              } else {
                LOG.debug("Not warmed up", failure);
              }
            });
  }

  private static IngestRequest publisher() {
    return new IngestRequest(
        ROOM,
        StreamName.DEFAULT,
        List.of(
            sent(AUDIO, MediaKind.AUDIO, CodecType.OPUS),
            sent(VIDEO, MediaKind.VIDEO, CodecType.VP8)),
        transport());
  }

  private static IngestMedia sent(String mid, MediaKind kind, CodecType type) {
    return new IngestMedia(
        mid,
        kind,
        List.of(codec(type)),
        List.of(),
        List.of(new PlannedEncoding(Optional.empty(), OptionalLong.empty(), OptionalLong.empty())));
  }

  private static EgressRequest player() {
    return new EgressRequest(
        ROOM,
        Optional.empty(),
        List.of(
            new EgressMedia(AUDIO, MediaKind.AUDIO, List.of(codec(CodecType.OPUS)), List.of()),
            new EgressMedia(VIDEO, MediaKind.VIDEO, List.of(codec(CodecType.VP8)), List.of())),
        Optional.of(transport()));
  }

  private static NegotiatedCodec codec(CodecType type) {
    Codec usual = type.usual().get(0);
    int number = ConferenceNumbers.usual().payloadType(usual).orElseThrow();
    return new NegotiatedCodec(number, usual, OptionalInt.empty(), Set.of());
  }

  private static RemoteTransport transport() {
    return new RemoteTransport(
        new IceCredentials("warm", "warmwarmwarmwarmwarmwarm"),
        List.of(),
        List.of(new Fingerprint("sha-256", "00".concat(":00".repeat(31)))),
        DtlsRole.ACTIVE);
  }
}
