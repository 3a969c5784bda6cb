package io.github.jvbwhip.core.sdp;

import java.util.List;
import java.util.Optional;

/**
 * One {@code a=} line. What is understood has a record of its own; all else is {@link Unknown},
 * kept verbatim. Immutable.
 */
public sealed interface Attribute extends SdpLine
    permits Attribute.Unknown,
        Attribute.Flag,
        Attribute.DirectionOf,
        Attribute.SetupRole,
        Attribute.Mid,
        Attribute.Group,
        Attribute.Msid,
        RtpAttribute,
        IceAttribute,
        SourceAttribute {

  /** The attribute's name: what stands before the colon. */
  String key();

  /** Appends what stands after the name, the colon included. */
  void appendValue(StringBuilder out);

  @Override
  default void appendTo(StringBuilder out) {
    out.append("a=").append(key());
    appendValue(out);
  }

  /** Any other attribute; {@code text} is all that follows {@code a=}. */
  record Unknown(String text) implements Attribute {
    @Override
    public String key() {
      int colon = text.indexOf(':');
      return colon < 0 ? text : text.substring(0, colon);
    }

    @Override
    public void appendValue(StringBuilder out) {
      int colon = text.indexOf(':');
      if (colon >= 0) {
        out.append(text, colon, text.length());
      }
    }
  }

  /** The attributes without a value that are understood. */
  enum Flag implements Attribute {
    RTCP_MUX("rtcp-mux"),
    RTCP_MUX_ONLY("rtcp-mux-only"),
    RTCP_RSIZE("rtcp-rsize"),
    BUNDLE_ONLY("bundle-only"),
    ICE_LITE("ice-lite"),
    END_OF_CANDIDATES("end-of-candidates"),
    EXTMAP_ALLOW_MIXED("extmap-allow-mixed");

    private final String key;

    Flag(String key) {
      this.key = key;
    }

    @Override
    public String key() {
      return key;
    }

    @Override
    public void appendValue(StringBuilder out) {}
  }

  /** {@code a=sendonly} and its like (RFC 8866 §6.7). */
  record DirectionOf(Direction direction) implements Attribute {
    @Override
    public String key() {
      return direction.token();
    }

    @Override
    public void appendValue(StringBuilder out) {}
  }

  /** {@code a=setup} (RFC 8842 §5). */
  record SetupRole(Setup role) implements Attribute {
    @Override
    public String key() {
      return "setup";
    }

    @Override
    public void appendValue(StringBuilder out) {
      out.append(':').append(role.token());
    }
  }

  /** {@code a=mid} (RFC 5888 §4): an opaque token. */
  record Mid(String mid) implements Attribute {
    @Override
    public String key() {
      return "mid";
    }

    @Override
    public void appendValue(StringBuilder out) {
      out.append(':').append(mid);
    }
  }

  /** {@code a=group} (RFC 5888 §5). */
  record Group(String semantics, List<String> mids) implements Attribute {
    /** The semantics of a transport that several sections share (RFC 9143). */
    public static final String BUNDLE = "BUNDLE";

    public Group {
      mids = List.copyOf(mids);
    }

    @Override
    public String key() {
      return "group";
    }

    @Override
    public void appendValue(StringBuilder out) {
      out.append(':').append(semantics);
      for (String mid : mids) {
        out.append(' ').append(mid);
      }
    }
  }

  /** {@code a=msid} (RFC 8830 §2). */
  record Msid(String stream, Optional<String> track) implements Attribute {
    @Override
    public String key() {
      return "msid";
    }

    @Override
    public void appendValue(StringBuilder out) {
      out.append(':').append(stream);
      track.ifPresent(t -> out.append(' ').append(t));
    }
  }
}
