package io.github.jvbwhip.testpeer.sdp;

import io.github.jvbwhip.testpeer.media.Codec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes an answer that takes the first codec the peer knows and everything that goes with it: for
 * the peer as the receiving side of some client. Immutable.
 */
public final class AnswerWriter {
  private final DescriptionWriter writer;

  /** An answer writer that uses the transport of {@code writer}. */
  public AnswerWriter(DescriptionWriter writer) {
    this.writer = writer;
  }

  /** The answer to {@code offer}: the DTLS client when the offer leaves the choice. */
  public String answer(RemoteDescription offer, Set<Codec> supported) {
    DescriptionWriter.Lines out = new DescriptionWriter.Lines();
    List<String> mids = offer.media().stream().map(RemoteMedia::mid).toList();
    writer.session(out, mids, false);
    for (RemoteMedia media : offer.media()) {
      section(out, media, supported);
    }
    return out.toString();
  }

  private void section(DescriptionWriter.Lines out, RemoteMedia media, Set<Codec> supported) {
    int chosen =
        media.payloadTypes().stream()
            .filter(type -> isSupported(media.rtpmaps().getOrDefault(type, ""), supported))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no common codec for " + media.kind()));
    List<Integer> rtx =
        media.rtxPayloadTypes().entrySet().stream()
            .filter(entry -> entry.getValue() == chosen)
            .map(Map.Entry::getKey)
            .toList();
    String formats = rtx.stream().map(type -> " " + type).collect(Collectors.joining());
    out.add("m=" + media.kind() + " 9 UDP/TLS/RTP/SAVPF " + chosen + formats);
    writer.transport(out, media.setup().equals("active") ? "passive" : "active", true, true);
    out.add("a=mid:" + media.mid());
    media.extensions().forEach((id, uri) -> out.add("a=extmap:" + id + " " + uri));
    out.add("a=" + opposite(media.direction()));
    for (String name : List.of("rtpmap", "rtcp-fb", "fmtp")) {
      for (String value : media.values(name)) {
        int type = Integer.parseInt(value.split(" ", 2)[0]);
        if (type == chosen || rtx.contains(type)) {
          out.add("a=" + name + ":" + value);
        }
      }
    }
    List<String> rids = media.values("rid").stream().map(value -> value.split(" ", 2)[0]).toList();
    rids.forEach(rid -> out.add("a=rid:" + rid + " recv"));
    if (!rids.isEmpty()) {
      out.add("a=simulcast:recv " + String.join(";", rids));
    }
  }

  private static boolean isSupported(String rtpmap, Set<Codec> supported) {
    Codec codec = Codec.ofRtpmap(rtpmap);
    return codec != null && supported.contains(codec);
  }

  private static String opposite(String direction) {
    return switch (direction) {
      case "sendonly" -> "recvonly";
      case "recvonly" -> "sendonly";
      default -> direction;
    };
  }
}
