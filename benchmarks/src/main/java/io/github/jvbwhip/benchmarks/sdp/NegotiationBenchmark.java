package io.github.jvbwhip.benchmarks.sdp;

import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.core.negotiation.EgressPlan;
import io.github.jvbwhip.core.negotiation.IngestPlan;
import io.github.jvbwhip.core.negotiation.Negotiation;
import io.github.jvbwhip.core.negotiation.NegotiationException;
import io.github.jvbwhip.core.negotiation.NegotiationRules;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A POST without HTTP and without the bridge: the captured offers of Chromium, text to text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NegotiationBenchmark {
  private static final MediaCapabilities CAPABILITIES =
      new MediaCapabilities(
          List.of("opus", "multiopus", "red"),
          List.of("VP8", "VP9", "H264", "H265", "AV1"),
          true,
          EnumSet.allOf(Feedback.class),
          EnumSet.allOf(Feedback.class),
          EnumSet.allOf(HeaderExtensionType.class),
          EnumSet.allOf(HeaderExtensionType.class),
          true);

  private static final LocalTransport LOCAL =
      new LocalTransport(
          new IceCredentials("38sdf4fdsf54", "2e13dde17c1cb009202f627fab90cbec"),
          List.of(
              new IceCandidate(
                  "1",
                  IceCandidate.Protocol.UDP,
                  2130706431L,
                  "198.51.100.1",
                  10000,
                  IceCandidate.Type.HOST,
                  Optional.empty())),
          List.of(new Fingerprint("sha-256", "AA" + ":AA".repeat(31))),
          Optional.empty());

  private static final List<SentSource> SOURCES =
      List.of(
          new SentSource("0", 1, OptionalLong.empty(), "cname"),
          new SentSource("1", 2, OptionalLong.of(3), "cname"));

  private final String publisher = offer("chromium-whip-simulcast");
  private final String player = offer("chromium-whep");
  private long sessionId;

  /** From a publisher's offer, with simulcast, to the answer. */
  @Benchmark
  public String answerPublisher() throws SdpException, NegotiationException {
    IngestPlan plan =
        Negotiation.planIngest(
            SessionDescription.parse(publisher), CAPABILITIES, NegotiationRules.LENIENT);
    return Negotiation.answer(plan, LOCAL, sessionId++).write();
  }

  /** From a player's offer to the answer. */
  @Benchmark
  public String answerPlayer() throws SdpException, NegotiationException {
    EgressPlan plan =
        Negotiation.planEgress(
            SessionDescription.parse(player), CAPABILITIES, NegotiationRules.LENIENT, List.of());
    return Negotiation.answer(plan, LOCAL, SOURCES, sessionId++).write();
  }

  /** The publisher's offer, parsed alone. */
  @Benchmark
  public SessionDescription parse() throws SdpException {
    return SessionDescription.parse(publisher);
  }

  /** Measures the machine: the publisher's offer, cut into lines. */
  @Benchmark
  public String[] split() {
    return publisher.split("\r\n", -1);
  }

  private static String offer(String name) {
    String path = "/offers/" + name + ".sdp";
    try (InputStream in = NegotiationBenchmark.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
