package io.github.jvbwhip.core.sdp;

import java.util.List;
import java.util.Optional;

/** The attributes of ICE (RFC 8839) and of DTLS certificates (RFC 8122). */
public sealed interface IceAttribute extends Attribute {

  /** {@code a=ice-ufrag} (RFC 8839 §5.4): 4 to 256 ice-chars. */
  record IceUfrag(String ufrag) implements IceAttribute {
    @Override
    public String key() {
      return "ice-ufrag";
    }

    @Override
    public void appendValue(StringBuilder out) {
      out.append(':').append(ufrag);
    }
  }

  /** {@code a=ice-pwd} (RFC 8839 §5.4): 22 to 256 ice-chars; never in {@link #toString}. */
  record IcePwd(String pwd) implements IceAttribute {
    @Override
    public String key() {
      return "ice-pwd";
    }

    @Override
    public void appendValue(StringBuilder out) {
      out.append(':').append(pwd);
    }

    @Override
    public String toString() {
      return "IcePwd[]";
    }
  }

  /** {@code a=ice-options} (RFC 8839 §5.6); commas between options are taken for spaces. */
  record IceOptions(List<String> options) implements IceAttribute {
    public IceOptions {
      options = List.copyOf(options);
    }

    @Override
    public String key() {
      return "ice-options";
    }

    @Override
    public void appendValue(StringBuilder out) {
      out.append(':').append(String.join(" ", options));
    }
  }

  /**
   * {@code a=candidate} (RFC 8839 §5.1). Transports and types that are not known are kept: they are
   * for the reader to pass over.
   *
   * @param transport as written
   * @param priority 0 to 2^31-1 where well-formed by RFC 8445, at most 2^32-1
   * @param address an IP literal or a name
   * @param type as written, such as {@code host}
   * @param relatedAddress the value of {@code raddr}
   * @param relatedPort the value of {@code rport}; 0 when there is none
   * @param extensions the name and value pairs that follow, verbatim
   */
  record Candidate(
      String foundation,
      int component,
      String transport,
      long priority,
      String address,
      int port,
      String type,
      Optional<String> relatedAddress,
      int relatedPort,
      Optional<String> extensions)
      implements IceAttribute {
    @Override
    public String key() {
      return "candidate";
    }

    @Override
    public void appendValue(StringBuilder out) {
      out.append(':').append(foundation).append(' ').append(component);
      out.append(' ').append(transport).append(' ').append(priority);
      out.append(' ').append(address).append(' ').append(port).append(" typ ").append(type);
      if (relatedAddress.isPresent()) {
        out.append(" raddr ").append(relatedAddress.get());
        out.append(" rport ").append(relatedPort);
      }
      extensions.ifPresent(e -> out.append(' ').append(e));
    }
  }

  /**
   * {@code a=fingerprint} (RFC 8122 §5).
   *
   * @param hash in lower case
   * @param value upper-case hexadecimal bytes, separated by colons
   */
  record FingerprintOf(String hash, String value) implements IceAttribute {
    @Override
    public String key() {
      return "fingerprint";
    }

    @Override
    public void appendValue(StringBuilder out) {
      out.append(':').append(hash).append(' ').append(value);
    }
  }
}
