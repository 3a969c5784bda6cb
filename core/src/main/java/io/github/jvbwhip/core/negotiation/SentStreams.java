package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.core.sdp.Attribute.Msid;
import io.github.jvbwhip.core.sdp.SdpLine;
import io.github.jvbwhip.core.sdp.SourceAttribute.Ssrc;
import io.github.jvbwhip.core.sdp.SourceAttribute.SsrcGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Declares what is sent to a player: one MediaStream, named after the RTCP canonical name, and
 * every SSRC once. Chrome drops packets of SSRCs that are not declared.
 */
final class SentStreams {
  /** RFC 8830 §2: an identifier has at most 64 characters. */
  private static final int MAX_ID_LENGTH = 64;

  private final List<SentSource> sources;
  private final String stream;

  SentStreams(List<SentSource> sources) {
    this.sources = sources;
    this.stream = sources.isEmpty() ? "stream" : token(sources.get(0).cname());
  }

  Msid msid(EgressMedia media) {
    return new Msid(stream, Optional.of(track(media)));
  }

  List<SdpLine> sourceLines(EgressMedia media) {
    List<SdpLine> lines = new ArrayList<>();
    Optional<SentSource> found =
        sources.stream().filter(source -> source.mid().equals(media.mid())).findFirst();
    if (found.isPresent()) {
      SentSource source = found.get();
      if (source.rtxSsrc().isPresent()) {
        long repair = source.rtxSsrc().getAsLong();
        lines.add(new SsrcGroup(SsrcGroup.FID, List.of(source.ssrc(), repair)));
        addSource(lines, source.ssrc(), source.cname(), media);
        addSource(lines, repair, source.cname(), media);
      } else {
        addSource(lines, source.ssrc(), source.cname(), media);
      }
    }
    return lines;
  }

  private void addSource(List<SdpLine> lines, long ssrc, String cname, EgressMedia media) {
    lines.add(new Ssrc(ssrc, "cname:" + cname));
    lines.add(new Ssrc(ssrc, "msid:" + stream + " " + track(media)));
  }

  private static String track(EgressMedia media) {
    return token(media.kind().name().toLowerCase(Locale.ROOT) + "-" + media.mid());
  }

  /** Keeps what is allowed in an identifier by every grammar it is used in. */
  private static String token(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && out.length() < MAX_ID_LENGTH; i++) {
      char c = text.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-_.+".indexOf(c) >= 0;
      out.append(plain ? c : '_');
    }
    return out.isEmpty() ? "stream" : out.toString();
  }
}
