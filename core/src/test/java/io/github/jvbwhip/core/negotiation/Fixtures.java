package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What the negotiation tests share: a bridge that can do everything, and the captured offers. */
final class Fixtures {
  static final MediaCapabilities EVERYTHING =
      new MediaCapabilities(
          List.of("opus", "multiopus", "red"),
          List.of("VP8", "VP9", "H264", "H265", "AV1"),
          true,
          EnumSet.allOf(Feedback.class),
          EnumSet.allOf(Feedback.class),
          EnumSet.allOf(HeaderExtensionType.class),
          EnumSet.allOf(HeaderExtensionType.class),
          true);

  static final String FINGERPRINT =
      "F7:EB:F3:3E:AC:D2:EA:A7:C1:EC:79:D9:B3:8A:35:DA:70:86:4F:46:D9:2D:CC:D0:BC:81:9F:67:EF:34:2E:BD";

  /** The bridge's transport: IPv6 listed before IPv4, which the answer turns round. */
  static final LocalTransport LOCAL = local(Optional.empty());

  /** All publishers' offers of the corpus, by file name without its ending. */
  static final List<String> INGEST_OFFERS =
      List.of(
          "chromium-whip",
          "chromium-whip-data-channel",
          "chromium-whip-simulcast",
          "ffmpeg",
          "gstreamer-simple-whip-client",
          "gstreamer-webrtcbin-h264",
          "gstreamer-webrtcbin-vp8",
          "obs",
          "obs-simulcast",
          "rfc9725-example",
          "webrtc-java-whip",
          "webrtc-java-whip-simulcast");

  /** All players' offers of the corpus, by file name without its ending. */
  static final List<String> EGRESS_OFFERS =
      List.of(
          "chromium-whep", "gstreamer-webrtcbin-whep", "webrtc-java-whep", "whep-draft-example");

  /** Publishers' offers that browsers would take, and the RFCs would not: see OddOffersTest. */
  static final List<String> ODD_OFFERS = odd(".sdp");

  /** The same for fragments. */
  static final List<String> ODD_FRAGMENTS = odd(".sdpfrag");

  static final long SESSION_ID = 1657793490019L;

  private Fixtures() {}

  private static List<String> odd(String ending) {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/odd"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static LocalTransport local(Optional<DtlsRole> role) {
    return new LocalTransport(
        new IceCredentials("38sdf4fdsf54", "2e13dde17c1cb009202f627fab90cbec"),
        List.of(
            candidate("1", "2001:db8::10", IceCandidate.Type.HOST, 2130706687L),
            candidate("2", "198.51.100.1", IceCandidate.Type.HOST, 2130706431L)),
        List.of(new Fingerprint("sha-256", FINGERPRINT)),
        role);
  }

  static IceCandidate candidate(
      String foundation, String address, IceCandidate.Type type, long priority) {
    return new IceCandidate(
        foundation,
        IceCandidate.Protocol.UDP,
        priority,
        address,
        10000,
        type,
        type == IceCandidate.Type.HOST
            ? Optional.empty()
            : Optional.of(new IceCandidate.RelatedAddress("10.0.0.1", 10001)));
  }

  /** One source for each m-section, numbered from 1000; video has retransmissions. */
  static List<SentSource> sources(EgressPlan plan) {
    List<SentSource> result = new ArrayList<>();
    long ssrc = 1000;
    for (var media : plan.media()) {
      boolean rtx = media.codecs().stream().anyMatch(c -> c.rtxPayloadType().isPresent());
      OptionalLong rtxSsrc = rtx ? OptionalLong.of(ssrc + 1) : OptionalLong.empty();
      result.add(new SentSource(media.mid(), ssrc, rtxSsrc, "jvbwhep"));
      ssrc += 1000;
    }
    return result;
  }

  static String resource(String path) {
    try (InputStream in = Fixtures.class.getResourceAsStream("/" + path)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String offerText(String name) {
    return resource("offers/" + name + ".sdp");
  }

  static SessionDescription offer(String name) {
    return parse(offerText(name));
  }

  static SessionDescription parse(String text) {
    try {
      return SessionDescription.parse(text);
    } catch (SdpException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The answer to an ingest offer, leniently. */
  static SessionDescription ingestAnswer(SessionDescription offer) throws NegotiationException {
    IngestPlan plan = Negotiation.planIngest(offer, EVERYTHING, NegotiationRules.LENIENT);
    return Negotiation.answer(plan, LOCAL, SESSION_ID);
  }

  /** The answer to an egress offer, leniently. */
  static SessionDescription egressAnswer(SessionDescription offer) throws NegotiationException {
    EgressPlan plan =
        Negotiation.planEgress(offer, EVERYTHING, NegotiationRules.LENIENT, List.of());
    return Negotiation.answer(plan, LOCAL, sources(plan), SESSION_ID);
  }

  /** The rows of a table of odd texts: a file, why it is refused strictly, how much is left out. */
  static Stream<Arguments> oddTexts(String table) {
    return table
        .lines()
        .map(row -> row.split("\\|"))
        .map(
            row ->
                Arguments.arguments(
                    row[0].strip(), row[1].strip(), Integer.valueOf(row[2].strip())));
  }
}
