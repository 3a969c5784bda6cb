package io.github.jvbwhip.core.sdp;

import io.github.jvbwhip.core.sdp.Attribute.Flag;
import io.github.jvbwhip.core.sdp.IceAttribute.IcePwd;
import io.github.jvbwhip.core.sdp.IceAttribute.IceUfrag;
import io.github.jvbwhip.core.sdp.RtpAttribute.ExtMap;
import io.github.jvbwhip.core.sdp.RtpAttribute.Fmtp;
import io.github.jvbwhip.core.sdp.RtpAttribute.Rid;
import io.github.jvbwhip.core.sdp.RtpAttribute.RtcpFb;
import io.github.jvbwhip.core.sdp.RtpAttribute.RtpMap;
import io.github.jvbwhip.core.sdp.RtpAttribute.Simulcast;
import io.github.jvbwhip.core.sdp.RtpAttribute.SimulcastId;
import io.github.jvbwhip.core.sdp.RtpAttribute.SimulcastStream;
import io.github.jvbwhip.core.sdp.SourceAttribute.Ssrc;
import io.github.jvbwhip.core.sdp.SourceAttribute.SsrcGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One method for each attribute's grammar, those of ICE in {@link IceAttributeParser}. A malformed
 * known attribute is an error.
 */
final class AttributeParser {
  private static final int MAX_PAYLOAD_TYPE = 127;
  static final long MAX_UINT32 = 0xFFFF_FFFFL;

  /** The highest id of RFC 8285 §5: those over 255 are placeholders that an answer replaces. */
  private static final int MAX_EXTENSION_ID = 4351;

  private AttributeParser() {}

  /**
   * Parses what follows {@code a=}.
   *
   * @param text contains it, from {@code start} to before {@code end}
   * @param lineNumber for the error
   * @param strict whether the grammar is that of the RFCs alone
   */
  static Attribute parse(String text, int start, int end, int lineNumber, boolean strict)
      throws SdpException {
    int colon = start;
    while (colon < end && text.charAt(colon) != ':') {
      colon++;
    }
    boolean flag = colon == end;
    if (colon == start) {
      throw new SdpException(lineNumber, "an attribute without a name");
    }
    if (flag) {
      return withoutValue(text.substring(start, end));
    }
    String key = text.substring(start, colon);
    Tokens value = new Tokens(text, colon + 1, end, lineNumber);
    return switch (key) {
      case "rtpmap" -> rtpMap(value);
      case "fmtp" -> fmtp(value);
      case "rtcp-fb" -> rtcpFb(value);
      case "extmap" -> extMap(value);
      case "candidate" -> IceAttributeParser.candidate(value);
      case "fingerprint" -> IceAttributeParser.fingerprint(value);
      case "setup" -> setup(value, strict);
      case "rid" -> rid(value);
      case "simulcast" -> simulcast(value);
      case "ssrc" -> new Ssrc(value.nextNumber("the SSRC", 0, MAX_UINT32), value.rest());
      case "ssrc-group" -> ssrcGroup(value);
      case "msid" -> msid(value);
      case "group" -> new Attribute.Group(value.next("the semantics"), words(value));
      case "mid" -> new Attribute.Mid(single(value, "the identification"));
      case "ice-ufrag" -> new IceUfrag(IceAttributeParser.iceChars(value, 4, strict));
      case "ice-pwd" -> new IcePwd(IceAttributeParser.iceChars(value, 22, strict));
      case "ice-options" -> IceAttributeParser.options(value);
      default -> new Attribute.Unknown(text.substring(start, end));
    };
  }

  private static Attribute withoutValue(String text) {
    return switch (text) {
      case "sendrecv" -> new Attribute.DirectionOf(Direction.SENDRECV);
      case "sendonly" -> new Attribute.DirectionOf(Direction.SENDONLY);
      case "recvonly" -> new Attribute.DirectionOf(Direction.RECVONLY);
      case "inactive" -> new Attribute.DirectionOf(Direction.INACTIVE);
      case "rtcp-mux" -> Flag.RTCP_MUX;
      case "rtcp-mux-only" -> Flag.RTCP_MUX_ONLY;
      case "rtcp-rsize" -> Flag.RTCP_RSIZE;
      case "bundle-only" -> Flag.BUNDLE_ONLY;
      case "ice-lite" -> Flag.ICE_LITE;
      case "end-of-candidates" -> Flag.END_OF_CANDIDATES;
      case "extmap-allow-mixed" -> Flag.EXTMAP_ALLOW_MIXED;
      default -> new Attribute.Unknown(text);
    };
  }

  /** {@code payload-type SP encoding-name "/" clock-rate ["/" channels]}. */
  private static Attribute rtpMap(Tokens value) throws SdpException {
    int payloadType = payloadType(value);
    String[] parts = single(value, "the encoding").split("/", -1);
    if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty()) {
      throw value.error("an encoding is name/clock-rate or name/clock-rate/channels");
    }
    int clockRate = (int) value.number(parts[1], 1, Integer.MAX_VALUE);
    int channels = parts.length == 3 ? (int) value.number(parts[2], 1, 255) : 1;
    return new RtpMap(payloadType, parts[0], clockRate, channels);
  }

  /** {@code format SP parameters}; formats that are no payload types belong to no RTP media. */
  private static Attribute fmtp(Tokens value) throws SdpException {
    String format = value.next("the format");
    if (Tokens.parseDigits(format) < 0) {
      return new Attribute.Unknown("fmtp:" + format + " " + value.rest());
    }
    return new Fmtp((int) value.number(format, 0, MAX_PAYLOAD_TYPE), value.rest());
  }

  /** {@code (payload-type / "*") SP feedback}. */
  private static Attribute rtcpFb(Tokens value) throws SdpException {
    String format = value.next("the payload type");
    OptionalInt payloadType =
        format.equals("*")
            ? OptionalInt.empty()
            : OptionalInt.of((int) value.number(format, 0, MAX_PAYLOAD_TYPE));
    if (!value.hasNext()) {
      throw value.error("the feedback is missing");
    }
    return new RtcpFb(payloadType, value.rest().stripTrailing());
  }

  /** {@code id ["/" direction] SP uri [SP attributes]}. */
  private static Attribute extMap(Tokens value) throws SdpException {
    String id = value.next("the id");
    int slash = id.indexOf('/');
    Optional<Direction> direction = Optional.empty();
    if (slash >= 0) {
      direction = Optional.of(direction(value, id.substring(slash + 1)));
      id = id.substring(0, slash);
    }
    int number = (int) value.number(id, 1, MAX_EXTENSION_ID);
    return new ExtMap(number, direction, value.next("the URI"), value.optionalRest());
  }

  private static Direction direction(Tokens value, String token) throws SdpException {
    for (Direction direction : Direction.values()) {
      if (direction.token().equals(token)) {
        return direction;
      }
    }
    throw value.error("not a direction");
  }

  /** Browsers take the role in any case. */
  private static Attribute setup(Tokens value, boolean strict) throws SdpException {
    String token = single(value, "the role");
    for (Setup role : Setup.values()) {
      if (strict ? role.token().equals(token) : role.token().equalsIgnoreCase(token)) {
        return new Attribute.SetupRole(role);
      }
    }
    throw value.error("not a setup role");
  }

  /** {@code rid-id SP ("send" / "recv") [SP restrictions]}. */
  private static Attribute rid(Tokens value) throws SdpException {
    String id = checkedRid(value, value.next("the RID"));
    String direction = value.next("the direction");
    if (!direction.equals("send") && !direction.equals("recv")) {
      throw value.error("send or recv is expected");
    }
    return new Rid(id, direction.equals("send"), value.optionalRest());
  }

  /** {@code dir SP list [SP dir SP list]}, each direction at most once. */
  private static Attribute simulcast(Tokens value) throws SdpException {
    List<SimulcastStream> send = List.of();
    List<SimulcastStream> recv = List.of();
    if (!value.hasNext()) {
      throw value.error("send or recv is expected");
    }
    while (value.hasNext()) {
      String direction = value.next("the direction");
      List<SimulcastStream> streams = simulcastStreams(value, value.next("the RIDs"));
      if (direction.equals("send") && send.isEmpty()) {
        send = streams;
      } else if (direction.equals("recv") && recv.isEmpty()) {
        recv = streams;
      } else {
        throw value.error("send or recv is expected, each once");
      }
    }
    return new Simulcast(send, recv);
  }

  /** {@code alternatives *(";" alternatives)}, alternatives = {@code ["~"]rid *("," ["~"]rid)}. */
  private static List<SimulcastStream> simulcastStreams(Tokens value, String text)
      throws SdpException {
    List<SimulcastStream> streams = new ArrayList<>();
    for (String stream : text.split(";", -1)) {
      List<SimulcastId> alternatives = new ArrayList<>();
      for (String alternative : stream.split(",", -1)) {
        boolean paused = alternative.startsWith("~");
        String rid = paused ? alternative.substring(1) : alternative;
        alternatives.add(new SimulcastId(checkedRid(value, rid), paused));
      }
      streams.add(new SimulcastStream(alternatives));
    }
    return streams;
  }

  private static String checkedRid(Tokens value, String rid) throws SdpException {
    boolean wellFormed = !rid.isEmpty() && rid.length() <= 255;
    for (int i = 0; i < rid.length() && wellFormed; i++) {
      char c = rid.charAt(i);
      wellFormed = isAlphanumeric(c) || c == '-' || c == '_';
    }
    if (!wellFormed) {
      throw value.error("a RID is letters, digits, - and _");
    }
    return rid;
  }

  private static Attribute ssrcGroup(Tokens value) throws SdpException {
    String semantics = value.next("the semantics");
    List<Long> ssrcs = new ArrayList<>();
    while (value.hasNext()) {
      ssrcs.add(value.nextNumber("an SSRC", 0, MAX_UINT32));
    }
    return new SsrcGroup(semantics, ssrcs);
  }

  private static Attribute msid(Tokens value) throws SdpException {
    String stream = value.next("the stream");
    Optional<String> track =
        value.hasNext() ? Optional.of(value.next("the track")) : Optional.empty();
    value.requireEnd();
    return new Attribute.Msid(stream, track);
  }

  private static int payloadType(Tokens value) throws SdpException {
    return (int) value.nextNumber("the payload type", 0, MAX_PAYLOAD_TYPE);
  }

  static String single(Tokens value, String what) throws SdpException {
    String token = value.next(what);
    value.requireEnd();
    return token;
  }

  static List<String> words(Tokens value) throws SdpException {
    List<String> words = new ArrayList<>();
    while (value.hasNext()) {
      words.add(value.next("a word"));
    }
    return words;
  }

  static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
