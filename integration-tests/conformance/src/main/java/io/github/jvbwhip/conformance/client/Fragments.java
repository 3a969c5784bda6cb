package io.github.jvbwhip.conformance.client;

import java.util.List;

/** ICE fragments as clients write them (RFC 8840 §4.4): the tagged m-section alone. */
public final class Fragments {
  /** A candidate over UDP; nobody answers there. */
  public static final String UDP = "1387637174 1 udp 2122260223 192.0.2.1 61764 typ host";

  /** Candidates that a server may not support or resolve, and has to pass over. */
  public static final List<String> UNUSABLE =
      List.of(
          "473322822 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active",
          "842163049 1 udp 1677729535 7f3a0d6e-0e0b-4b4f-9a3f-1d5c6a7b8c9d.local 50001 typ host",
          "842163050 1 udp 1677729534 host.invalid 50002 typ host",
          "842163051 1 sctp 1677729533 192.0.2.1 50003 typ host");

  private Fragments() {}

  /** New candidates of the offer's own ICE session. */
  public static String trickle(Sdp offer, List<String> candidates, boolean end) {
    Sdp.Section tagged = offer.tagged();
    return write(
        offer,
        tagged.lines().get(0),
        tagged.value("ice-ufrag").orElse(""),
        tagged.value("ice-pwd").orElse(""),
        candidates,
        end);
  }

  /** The same under the pseudo m-line that RFC 8840 §4.4 allows. */
  public static String tricklePseudo(Sdp offer, List<String> candidates) {
    return trickle(offer, candidates, false)
        .replaceFirst("m=[^\r]*", "m=" + offer.tagged().kind() + " 9 RTP/AVP 0");
  }

  /** Other credentials and their candidates: a restart. */
  public static String restart(Sdp offer, String ufrag, String password, List<String> candidates) {
    return write(offer, offer.tagged().lines().get(0), ufrag, password, candidates, false);
  }

  private static String write(
      Sdp offer,
      String mLine,
      String ufrag,
      String password,
      List<String> candidates,
      boolean end) {
    StringBuilder text = new StringBuilder();
    List<String> options = offer.tagged().value("ice-options").stream().toList();
    options.forEach(value -> text.append("a=ice-options:").append(value).append("\r\n"));
    text.append("a=group:BUNDLE ").append(String.join(" ", offer.bundle())).append("\r\n");
    text.append(mLine).append("\r\n");
    text.append("a=mid:").append(offer.tagged().mid()).append("\r\n");
    text.append("a=ice-ufrag:").append(ufrag).append("\r\n");
    text.append("a=ice-pwd:").append(password).append("\r\n");
    candidates.forEach(value -> text.append("a=candidate:").append(value).append("\r\n"));
    if (end) {
      text.append("a=end-of-candidates\r\n");
    }
    return text.toString();
  }
}
