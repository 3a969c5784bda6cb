package io.github.jvbwhip.core.sdp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The attributes that describe RTP payloads, header extensions and encodings. */
public sealed interface RtpAttribute extends Attribute {

  /**
   * {@code a=rtpmap} (RFC 8866 §6.6).
   *
   * @param clockRate in Hz
   * @param channels 1 when the line does not say
   */
  record RtpMap(int payloadType, String encoding, int clockRate, int channels)
      implements RtpAttribute {
    @Override
    public String key() {
      return "rtpmap";
    }

    @Override
    public void appendValue(StringBuilder out) {
      out.append(':').append(payloadType).append(' ').append(encoding);
      out.append('/').append(clockRate);
      if (channels != 1) {
        out.append('/').append(channels);
      }
    }
  }

  /** {@code a=fmtp} (RFC 8866 §6.15) of a numbered format; the parameters are kept verbatim. */
  record Fmtp(int payloadType, String text) implements RtpAttribute {
    @Override
    public String key() {
      return "fmtp";
    }

    @Override
    public void appendValue(StringBuilder out) {
      out.append(':').append(payloadType).append(' ').append(text);
    }

    /**
     * The parameters by name in lower case, in the order written; one without a value maps to the
     * empty string, and of several of one name the first counts.
     */
    public Map<String, String> parameters() {
      Map<String, String> result = new LinkedHashMap<>();
      int start = 0;
      while (start <= text.length()) {
        int end = text.indexOf(';', start);
        if (end < 0) {
          end = text.length();
        }
        String parameter = text.substring(start, end).strip();
        if (!parameter.isEmpty()) {
          int equals = parameter.indexOf('=');
          String name = equals < 0 ? parameter : parameter.substring(0, equals).strip();
          String value = equals < 0 ? "" : parameter.substring(equals + 1).strip();
          result.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
        }
        start = end + 1;
      }
      return result;
    }
  }

  /**
   * {@code a=rtcp-fb} (RFC 4585 §4.2).
   *
   * @param payloadType empty for all of the section's ({@code *})
   * @param feedback what follows, such as {@code nack pli}
   */
  record RtcpFb(OptionalInt payloadType, String feedback) implements RtpAttribute {
    @Override
    public String key() {
      return "rtcp-fb";
    }

    @Override
    public void appendValue(StringBuilder out) {
      out.append(':');
      if (payloadType.isPresent()) {
        out.append(payloadType.getAsInt());
      } else {
        out.append('*');
      }
      out.append(' ').append(feedback);
    }
  }

  /**
   * {@code a=extmap} (RFC 8285 §8).
   *
   * @param uri the extension's URI
   * @param attributes what follows the URI, where anything does
   */
  record ExtMap(int id, Optional<Direction> direction, String uri, Optional<String> attributes)
      implements RtpAttribute {
    @Override
    public String key() {
      return "extmap";
    }

    @Override
    public void appendValue(StringBuilder out) {
      out.append(':').append(id);
      direction.ifPresent(d -> out.append('/').append(d.token()));
      out.append(' ').append(uri);
      attributes.ifPresent(a -> out.append(' ').append(a));
    }
  }

  /**
   * {@code a=rid} (RFC 8851 §4).
   *
   * @param sends whether it is {@code send}, as its writer sees it; else {@code recv}
   * @param restrictions what follows, verbatim
   */
  record Rid(String id, boolean sends, Optional<String> restrictions) implements RtpAttribute {
    @Override
    public String key() {
      return "rid";
    }

    @Override
    public void appendValue(StringBuilder out) {
      out.append(':').append(id).append(sends ? " send" : " recv");
      restrictions.ifPresent(r -> out.append(' ').append(r));
    }
  }

  /** {@code a=simulcast} (RFC 8853 §5.1); a direction that is not named has no streams. */
  record Simulcast(List<SimulcastStream> send, List<SimulcastStream> recv) implements RtpAttribute {
    public Simulcast {
      send = List.copyOf(send);
      recv = List.copyOf(recv);
    }

    @Override
    public String key() {
      return "simulcast";
    }

    @Override
    public void appendValue(StringBuilder out) {
      out.append(':');
      appendList(out, "send", send);
      if (!send.isEmpty() && !recv.isEmpty()) {
        out.append(' ');
      }
      appendList(out, "recv", recv);
    }

    private static void appendList(
        StringBuilder out, String direction, List<SimulcastStream> streams) {
      for (int i = 0; i < streams.size(); i++) {
        out.append(i == 0 ? direction + " " : ";");
        streams.get(i).appendTo(out);
      }
    }
  }

  /** One simulcast stream: at least one RID, alternatives of each other. */
  record SimulcastStream(List<SimulcastId> alternatives) {
    public SimulcastStream {
      alternatives = List.copyOf(alternatives);
    }

    /** A stream without alternatives that is not paused. */
    public static SimulcastStream of(String rid) {
      return new SimulcastStream(List.of(new SimulcastId(rid, false)));
    }

    void appendTo(StringBuilder out) {
      for (int i = 0; i < alternatives.size(); i++) {
        out.append(i == 0 ? "" : ",");
        out.append(alternatives.get(i).paused() ? "~" : "").append(alternatives.get(i).rid());
      }
    }
  }

  /** A RID in a simulcast list, {@code ~} before it when it starts paused. */
  record SimulcastId(String rid, boolean paused) {}
}
