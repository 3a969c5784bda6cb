package io.github.jvbwhip.core.sdp;

import io.github.jvbwhip.core.sdp.IceAttribute.Candidate;
import io.github.jvbwhip.core.sdp.IceAttribute.FingerprintOf;
import io.github.jvbwhip.core.sdp.IceAttribute.IceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The grammar of the attributes of ICE (RFC 8839) and of fingerprints (RFC 8122). */
final class IceAttributeParser {
  /** RFC 8839 §5.1, beside letters and digits. */
  private static final String ICE_CHARS = "+/";

  /** What browsers let pass as well, and some servers send. */
  private static final String LENIENT_ICE_CHARS = "+/=-_#";

  private IceAttributeParser() {}

  /** RFC 8839 §5.1; {@code raddr} and {@code rport} are typed, later pairs are kept. */
  static Attribute candidate(Tokens value) throws SdpException {
    String foundation = value.next("the foundation");
    int component = (int) value.nextNumber("the component", 0, 99_999);
    String transport = value.next("the transport");
    long priority = value.nextNumber("the priority", 0, AttributeParser.MAX_UINT32);
    String address = value.next("the address");
    int port = (int) value.nextNumber("the port", 0, 65535);
    if (!value.next("typ").equals("typ")) {
      throw value.error("typ is expected after the port");
    }
    String type = value.next("the candidate type");
    Optional<String> relatedAddress = Optional.empty();
    int relatedPort = 0;
    if (value.skip("raddr")) {
      relatedAddress = Optional.of(value.next("the related address"));
      if (value.skip("rport")) {
        relatedPort = (int) value.nextNumber("the related port", 0, 65535);
      } else if (value.hasNext()) {
        throw value.error("rport is expected after raddr");
      }
    }
    return new Candidate(
        foundation,
        component,
        transport,
        priority,
        address,
        port,
        type,
        relatedAddress,
        relatedPort,
        value.optionalRest());
  }

  /** {@code hash-func SP 2HEX *(":" 2HEX)}. */
  static Attribute fingerprint(Tokens value) throws SdpException {
    String hash = value.next("the hash function").toLowerCase(Locale.ROOT);
    String bytes = AttributeParser.single(value, "the fingerprint").toUpperCase(Locale.ROOT);
    boolean wellFormed = bytes.length() % 3 == 2;
    for (int i = 0; i < bytes.length() && wellFormed; i++) {
      char c = bytes.charAt(i);
      wellFormed = i % 3 == 2 ? c == ':' : (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
    }
    if (!wellFormed) {
      throw value.error("a fingerprint is pairs of hexadecimal digits separated by colons");
    }
    return new FingerprintOf(hash, bytes);
  }

  /** Options are separated by spaces; libdatachannel writes commas. */
  static Attribute options(Tokens value) throws SdpException {
    List<String> options = new ArrayList<>();
    for (String word : AttributeParser.words(value)) {
      for (String option : word.split(",", -1)) {
        if (!option.isEmpty()) {
          options.add(option);
        }
      }
    }
    if (options.isEmpty()) {
      throw value.error("an option is missing");
    }
    return new IceOptions(options);
  }

  static String iceChars(Tokens value, int minLength, boolean strict) throws SdpException {
    String chars = AttributeParser.single(value, "the value");
    String others = strict ? ICE_CHARS : LENIENT_ICE_CHARS;
    boolean wellFormed = chars.length() >= minLength && chars.length() <= 256;
    for (int i = 0; i < chars.length() && wellFormed; i++) {
      char c = chars.charAt(i);
      wellFormed = AttributeParser.isAlphanumeric(c) || others.indexOf(c) >= 0;
    }
    if (!wellFormed) {
      throw value.error(minLength + " to 256 letters, digits and " + others + " are expected");
    }
    return chars;
  }
}
