package io.github.jvbwhip.conformance.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Texts of offers for checks that need no media. All that a client has to say is said (RFC 9725
 * §4.4), each with credentials of its own; nobody answers at their addresses.
 */
public final class Offers {
  /** The formats of VP8, H264 and RTX, as attributes follow in {@link #VIDEO_CODECS}. */
  private static final String VIDEO_FORMATS = "96 97 98 99";

  private static final List<String> VIDEO_CODECS =
      List.of(
          "a=rtpmap:96 VP8/90000",
          "a=rtcp-fb:96 ccm fir",
          "a=rtcp-fb:96 nack",
          "a=rtcp-fb:96 nack pli",
          "a=rtpmap:97 rtx/90000",
          "a=fmtp:97 apt=96",
          "a=rtpmap:98 H264/90000",
          "a=fmtp:98 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
          "a=rtcp-fb:98 ccm fir",
          "a=rtcp-fb:98 nack",
          "a=rtcp-fb:98 nack pli",
          "a=rtpmap:99 rtx/90000",
          "a=fmtp:99 apt=98");
  private static final String FINGERPRINT =
      "sha-256 DA:7B:57:DC:28:CE:04:4F:31:79:85:C4:31:67:EB:27:"
          + "58:29:ED:77:2A:0D:24:AE:ED:AD:30:BC:BD:F1:9C:02";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Offers() {}

  /** One audio and one video section, as the protocol's client offers them. */
  public static String basic(Protocol protocol) {
    return withDirection(protocol, protocol.clientDirection());
  }

  /** The same with another direction in both sections. */
  public static String withDirection(Protocol protocol, String direction) {
    boolean sends = protocol == Protocol.WHIP || direction.equals("sendrecv");
    return offer(audio("0", direction, sends), video("1", direction, sends));
  }

  /** Two sections of one kind, {@code audio} or {@code video}, in one MediaStream. */
  public static String twoOf(String kind) {
    return kind.equals("audio")
        ? offer(audio("0", "sendonly", true), audio("1", "sendonly", true))
        : offer(video("0", "sendonly", true), video("1", "sendonly", true));
  }

  /** Audio of one MediaStream and video of another. */
  public static String twoStreams() {
    return basic(Protocol.WHIP).replace("a=msid:stream video", "a=msid:other video");
  }

  /** Audio as ever, and video in a codec that nobody has. */
  public static String unknownVideoCodec(Protocol protocol) {
    return basic(protocol)
        .replace("VP8/90000", "X-NONE1/90000")
        .replace("H264/90000", "X-NONE2/90000");
  }

  /** Audio and video in codecs that nobody has. */
  public static String unknownCodecs(Protocol protocol) {
    return unknownVideoCodec(protocol).replace("opus/48000/2", "X-NONE3/48000/2");
  }

  /** Three simulcast encodings by RID. */
  public static String simulcast() {
    return basic(Protocol.WHIP)
        + "a=rid:l send\r\na=rid:m send\r\na=rid:h send\r\na=simulcast:send l;m;h\r\n";
  }

  /** The offer that the protocol's document prints, to the letter. */
  public static String printed(Protocol protocol) {
    String name = protocol == Protocol.WHIP ? "rfc9725-offer.sdp" : "whep-offer.sdp";
    try (InputStream in = Offers.class.getResourceAsStream(name)) {
      String text =
          new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
      return String.join("\r\n", text.split("\r?\n")) + "\r\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A random text of {@code bytes} random bytes, in characters that ICE allows. */
  public static String random(int bytes) {
    byte[] value = new byte[bytes];
    RANDOM.nextBytes(value);
    return Base64.getEncoder().withoutPadding().encodeToString(value);
  }

  @SafeVarargs
  private static String offer(List<String>... sections) {
    String mids =
        String.join(" ", IntStream.range(0, sections.length).mapToObj(String::valueOf).toList());
    String head =
        String.join(
            "\r\n",
            "v=0",
            "o=- " + (RANDOM.nextLong() >>> 2) + " 2 IN IP4 127.0.0.1",
            "s=-",
            "t=0 0",
            "a=group:BUNDLE " + mids,
            "a=extmap-allow-mixed",
            "a=ice-options:trickle ice2");
    List<String> ice = List.of("a=ice-ufrag:" + random(6), "a=ice-pwd:" + random(18));
    StringBuilder text = new StringBuilder(head).append("\r\n");
    for (List<String> section : sections) {
      for (String line : section) {
        text.append(line).append("\r\n");
        if (line.startsWith("c=")) {
          ice.forEach(credential -> text.append(credential).append("\r\n"));
        }
      }
    }
    return text.toString();
  }

  private static List<String> audio(String mid, String direction, boolean sends) {
    return section(
        "audio",
        mid,
        direction,
        sends,
        "111",
        List.of("a=rtpmap:111 opus/48000/2", "a=fmtp:111 minptime=10;useinbandfec=1"));
  }

  private static List<String> video(String mid, String direction, boolean sends) {
    return section("video", mid, direction, sends, VIDEO_FORMATS, VIDEO_CODECS);
  }

  private static List<String> section(
      String kind,
      String mid,
      String direction,
      boolean sends,
      String formats,
      List<String> codecs) {
    List<String> lines = new ArrayList<>();
    lines.add("m=" + kind + " 9 UDP/TLS/RTP/SAVPF " + formats);
    lines.add("c=IN IP4 0.0.0.0");
    lines.add("a=fingerprint:" + FINGERPRINT);
    lines.add("a=setup:actpass");
    lines.add("a=mid:" + mid);
    lines.add("a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid");
    if (kind.equals("video")) {
      lines.add("a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id");
      lines.add("a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id");
    }
    lines.add("a=" + direction);
    if (sends) {
      lines.add("a=msid:stream " + kind + mid);
    }
    lines.add("a=rtcp-mux");
    lines.add("a=rtcp-mux-only");
    lines.add("a=rtcp-rsize");
    lines.addAll(codecs);
    return lines;
  }
}
