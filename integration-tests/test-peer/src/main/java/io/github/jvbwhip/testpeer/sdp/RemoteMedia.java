package io.github.jvbwhip.testpeer.sdp;

import io.github.jvbwhip.testpeer.transport.IceParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One m-section of a {@link RemoteDescription}. Immutable. */
public final class RemoteMedia {
  private final List<String> lines;
  private final List<String> sessionLines;
  private final String[] mediaLine;

  RemoteMedia(List<String> lines, List<String> sessionLines) {
    this.lines = List.copyOf(lines);
    this.sessionLines = List.copyOf(sessionLines);
    mediaLine = lines.get(0).substring(2).split(" ", -1);
  }

  boolean is(MediaSpec.Kind kind) {
    return kind().equals(kind.name().toLowerCase(Locale.ROOT));
  }

  /** {@code audio}, {@code video} or whatever else the line says. */
  public String kind() {
    return mediaLine[0];
  }

  /** Whether the port is zero and the section is not merely bundle-only (RFC 9143 section 7.2). */
  public boolean isRejected() {
    return mediaLine[1].equals("0") && !has("bundle-only");
  }

  /** The payload types of the m-line in their order. */
  public List<Integer> payloadTypes() {
    return java.util.Arrays.stream(mediaLine).skip(3).map(Integer::valueOf).toList();
  }

  /** The value of {@code a=mid}; empty when there is none. */
  public String mid() {
    return value("mid").orElse("");
  }

  /** The values of an attribute of this section, in their order. */
  public List<String> values(String name) {
    return values(lines, name);
  }

  /** The first value of an attribute, of the section or else of the session. */
  public Optional<String> value(String name) {
    return values(lines, name).stream()
        .findFirst()
        .or(() -> values(sessionLines, name).stream().findFirst());
  }

  /** Whether the section has this attribute, with or without a value. */
  public boolean has(String name) {
    return lines.contains("a=" + name) || !values(lines, name).isEmpty();
  }

  /** {@code sendonly}, {@code recvonly}, {@code sendrecv} (the default) or {@code inactive}. */
  public String direction() {
    for (String direction : List.of("sendonly", "recvonly", "inactive", "sendrecv")) {
      if (lines.contains("a=" + direction)) {
        return direction;
      }
    }
    return "sendrecv";
  }

  /** Payload type to the value of its {@code a=rtpmap}, in the order of the m-line. */
  public Map<Integer, String> rtpmaps() {
    return numbered("rtpmap");
  }

  /** Payload type to the value of its {@code a=fmtp}. */
  public Map<Integer, String> fmtps() {
    return numbered("fmtp");
  }

  /** Header extension id to its URI. */
  public Map<Integer, String> extensions() {
    Map<Integer, String> extensions = new TreeMap<>();
    for (String value : values("extmap")) {
      String[] parts = value.split(" ", -1);
      extensions.put(Integer.valueOf(parts[0].split("/", 2)[0]), parts[1]);
    }
    return extensions;
  }

  /** Payload type of retransmissions to the one that they repeat (RFC 4588 section 8.6). */
  public Map<Integer, Integer> rtxPayloadTypes() {
    Map<Integer, Integer> rtx = new TreeMap<>();
    fmtps()
        .forEach(
            (payloadType, value) -> {
              if (value.startsWith("apt=")) {
                rtx.put(payloadType, Integer.valueOf(value.substring(4).split(";", 2)[0].trim()));
              }
            });
    return rtx;
  }

  /** The SSRCs that {@code a=ssrc} lines declare, each once. */
  public List<Long> ssrcs() {
    return values("ssrc").stream()
        .map(value -> Long.valueOf(value.split(" ", 2)[0]))
        .distinct()
        .toList();
  }

  /** SSRC of retransmissions to the one that they repeat, from FID groups (RFC 5576, 4588). */
  public Map<Long, Long> rtxSsrcs() {
    Map<Long, Long> rtx = new TreeMap<>();
    for (String value : values("ssrc-group")) {
      String[] parts = value.split(" ", -1);
      if (parts[0].equals("FID") && parts.length == 3) {
        rtx.put(Long.valueOf(parts[2]), Long.valueOf(parts[1]));
      }
    }
    return rtx;
  }

  /** ICE credentials and candidates. */
  public IceParameters ice() {
    return new IceParameters(
        required("ice-ufrag"), required("ice-pwd"), new ArrayList<>(values("candidate")));
  }

  /** The value of {@code a=fingerprint}. */
  public String fingerprint() {
    return required("fingerprint");
  }

  /** The value of {@code a=setup}. */
  public String setup() {
    return required("setup");
  }

  private String required(String name) {
    return value(name).orElseThrow(() -> new IllegalStateException("no a=" + name));
  }

  private Map<Integer, String> numbered(String name) {
    Map<Integer, String> values = new java.util.LinkedHashMap<>();
    for (String value : values(name)) {
      String[] parts = value.split(" ", 2);
      values.put(Integer.valueOf(parts[0]), parts.length < 2 ? "" : parts[1]);
    }
    return values;
  }

  static List<String> values(List<String> lines, String name) {
    String prefix = "a=" + name + ":";
    return lines.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .toList();
  }
}
