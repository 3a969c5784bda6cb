package io.github.jvbwhip.core.sdp;

import java.util.List;

/** The attributes that name SSRCs (RFC 5576). */
public sealed interface SourceAttribute extends Attribute {

  /**
   * {@code a=ssrc} (RFC 5576 §4.1).
   *
   * @param ssrc 0 to 2^32-1
   * @param text the source attribute, verbatim, such as {@code cname:x}; may be empty
   */
  record Ssrc(long ssrc, String text) implements SourceAttribute {
    @Override
    public String key() {
      return "ssrc";
    }

    @Override
    public void appendValue(StringBuilder out) {
      out.append(':').append(ssrc);
      if (!text.isEmpty()) {
        out.append(' ').append(text);
      }
    }
  }

  /** {@code a=ssrc-group} (RFC 5576 §4.2). */
  record SsrcGroup(String semantics, List<Long> ssrcs) implements SourceAttribute {
    /** A source and its retransmissions (RFC 4588 §8.8). */
    public static final String FID = "FID";

    /** Simulcast encodings, as browsers wrote it before RIDs. */
    public static final String SIM = "SIM";

    public SsrcGroup {
      ssrcs = List.copyOf(ssrcs);
    }

    @Override
    public String key() {
      return "ssrc-group";
    }

    @Override
    public void appendValue(StringBuilder out) {
      out.append(':').append(semantics);
      for (long ssrc : ssrcs) {
        out.append(' ').append(ssrc);
      }
    }
  }
}
