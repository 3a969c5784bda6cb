package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.core.sdp.SdpLimits;
import io.github.jvbwhip.core.sdp.SdpReader;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The largest offers that the bounds let through, made to be slow, are done with at once. */
class HostileOffersTest {
  /** Generous for a loaded machine; quadratic work on 256 KiB would take longer. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private static final SdpLimits LIMITS = SdpLimits.DEFAULT;

  static Stream<Arguments> hostile() {
    String video = Offers.HEAD + "a=group:BUNDLE 1\n" + Offers.VIDEO;
    return Stream.of(
        arguments("one attribute over and over", fill(video, "a=x\n")),
        arguments("empty lines", "v=0\n" + "\n".repeat(LIMITS.length() - 5) + "x"),
        arguments("line ends of all kinds", "v=0\n" + "\r\r\n\n".repeat(LIMITS.length() / 5) + "x"),
        arguments("carriage returns", "v=0\n" + "\r".repeat(LIMITS.length() - 5) + "x"),
        arguments("blanks", "v=0\n" + " ".repeat(LIMITS.length() - 5) + "x"),
        arguments("NUL", video + "\0".repeat(LIMITS.length() - video.length())),
        arguments(
            "nothing that is understood",
            Offers.HEAD
                + ("m=video 9 UDP/TLS/RTP/SAVPF 96\n" + "a=mid:\n".repeat(1024)).repeat(32)),
        arguments("spaces", fill(video, "a=mid:" + " ".repeat(4000) + "1\n")),
        arguments("many groups", fill(Offers.HEAD, "a=group:BUNDLE " + words(900) + "\n")),
        arguments(
            "many SSRC groups",
            fill(video + "a=ssrc-group:SIM " + words(900) + "\n", "a=ssrc-group:FID 1 2\n")),
        arguments(
            "many encodings",
            fill(video, "a=rid:a send\n") + "a=simulcast:send " + "a;".repeat(1500) + "a\n"),
        arguments("much feedback", fill(video, "a=rtcp-fb:* nack\n")),
        arguments(
            "all payload types",
            Offers.HEAD
                + "a=group:BUNDLE 1\n"
                + Offers.VIDEO.replace("SAVPF 96", "SAVPF" + payloadTypes())
                + rtpmaps()),
        arguments(
            "many sections",
            Offers.HEAD + "m=video 9 UDP/TLS/RTP/SAVPF 96\na=rtpmap:96 VP8/90000\n".repeat(32)),
        arguments("long parameters", fill(video, "a=fmtp:96 " + "a=b;".repeat(1000) + "\n")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void are_answered_or_refused_in_time(String name, String text) {
    Assertions.assertTimeoutPreemptively(LIMIT, () -> assertThat(negotiate(text)).isNotBlank());
  }

  private static String negotiate(String text) {
    try {
      SessionDescription offer = SdpReader.LENIENT.description(text).value();
      IngestPlan plan =
          Negotiation.planIngest(offer, Fixtures.EVERYTHING, NegotiationRules.LENIENT);
      EgressPlan egress =
          Negotiation.planEgress(
              SdpReader.LENIENT.description(text.replace("sendonly", "recvonly")).value(),
              Fixtures.EVERYTHING,
              NegotiationRules.LENIENT,
              List.of());
      return Negotiation.answer(plan, Fixtures.LOCAL, 1).write()
          + Negotiation.answer(egress, Fixtures.LOCAL, List.of(), 1).write();
    } catch (SdpException | NegotiationException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Adds the line as often as the bounds allow. */
  private static String fill(String start, String line) {
    int bytes = (LIMITS.length() - start.length() - 5000) / line.length();
    return start + line.repeat(Math.min(bytes, LIMITS.sectionLines() - 20));
  }

  private static String words(int count) {
    return String.join(" ", IntStream.range(0, count).mapToObj(String::valueOf).toList());
  }

  private static String payloadTypes() {
    return String.join("", IntStream.range(0, 128).mapToObj(n -> " " + n).toList());
  }

  private static String rtpmaps() {
    return String.join(
        "", IntStream.range(0, 128).mapToObj(n -> "a=rtpmap:" + n + " H264/90000\n").toList());
  }
}
