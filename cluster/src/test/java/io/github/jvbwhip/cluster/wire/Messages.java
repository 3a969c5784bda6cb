package io.github.jvbwhip.cluster.wire;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.relay.RelayLink.Refusal;
import io.github.jvbwhip.core.relay.RelayedStream;
import io.github.jvbwhip.core.relay.RoomSide;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Messages that have all that messages may have. */
public final class Messages {
  /** With all that one may have. */
  public static final LocalTransport TRANSPORT =
      new LocalTransport(
          new IceCredentials("user", "a-password-of-some-length"),
          List.of(
              new IceCandidate(
                  "1",
                  IceCandidate.Protocol.UDP,
                  2130706431L,
                  "192.0.2.1",
                  10000,
                  IceCandidate.Type.SRFLX,
                  Optional.of(new IceCandidate.RelatedAddress("192.0.2.9", 9)))),
          List.of(new Fingerprint("sha-256", "FA:CE")),
          Optional.of(DtlsRole.ACTIVE));

  private static final Codec VP8 =
      new Codec(MediaKind.VIDEO, "VP8", 90000, 1, Map.of("max-fs", "3600"));

  private static final RelayedStream STREAM =
      new RelayedStream(
          new StreamName("main"),
          Optional.of("Main"),
          "ep",
          List.of(VP8),
          List.of(
              new RelayedStream.Track(
                  MediaKind.VIDEO,
                  List.of(VP8),
                  true,
                  true,
                  List.of(
                      new RelayedStream.Source(
                          "ep-v0",
                          List.of(
                              new RelayedStream.Encoding(
                                  4294967295L,
                                  OptionalLong.of(2),
                                  Optional.of("h"),
                                  true,
                                  1_000_000,
                                  1280,
                                  720,
                                  720,
                                  1)),
                          180)))));

  static final SideMessage SIDE =
      new SideMessage(
          "id",
          new Side(3, new RoomSide(2, List.of(STREAM)), List.of("https://a", "https://b"), 2),
          List.of(new Refusal("ep2", Refusal.Why.SSRC_IN_USE)));

  private Messages() {}
}
