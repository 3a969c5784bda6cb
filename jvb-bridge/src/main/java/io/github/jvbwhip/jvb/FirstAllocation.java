package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.DtlsRole;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A publisher that never comes. */
final class FirstAllocation {
  private static final Logger LOG = LoggerFactory.getLogger(FirstAllocation.class);

  private static final EndpointListener LISTENER =
      new EndpointListener() {
        @Override
        public void connected() {}

        @Override
        public void ended(EndReason reason, String detail) {}
      };

  private FirstAllocation() {}

  /** Allocates it and frees it again. */
  static void make(Bridge bridge) {
    var unused =
        bridge
            .openIngest(request(), LISTENER)
            .whenComplete(
                (endpoint, failure) -> {
                  if (failure == null) {
                    endpoint.close();
                  } else {
                    LOG.debug("Not warmed up", failure);
                  }
                });
  }

  private static IngestRequest request() {
    Codec opus = CodecType.OPUS.usual().get(0);
    IngestMedia audio =
        new IngestMedia(
            "0",
            MediaKind.AUDIO,
            List.of(new NegotiatedCodec(111, opus, OptionalInt.empty(), Set.of())),
            List.of(),
            List.of(
                new PlannedEncoding(Optional.empty(), OptionalLong.empty(), OptionalLong.empty())));
    return new IngestRequest(
        new RoomName("warm-up"),
        StreamName.DEFAULT,
        List.of(audio),
        new RemoteTransport(
            new IceCredentials("warm", "warmwarmwarmwarmwarmwarm"),
            List.of(),
            List.of(new Fingerprint("sha-256", "00".concat(":00".repeat(31)))),
            DtlsRole.ACTIVE));
  }
}
