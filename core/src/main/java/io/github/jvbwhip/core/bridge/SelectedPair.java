package io.github.jvbwhip.core.bridge;

/**
 * The ICE candidate pair that an endpoint's media goes over now.
 *
 * @param localAddress the bridge's own, an IP literal: what a NAT makes of it is not seen here
 * @param remoteAddress where the client's packets come from, an IP literal
 * @param remoteType of the candidate that the client has told with that address; peer reflexive
 *     where it has told none, as behind most NATs
 */
public record SelectedPair(
    String localAddress,
    int localPort,
    String remoteAddress,
    int remotePort,
    IceCandidate.Protocol protocol,
    IceCandidate.Type remoteType) {

  /** One whose remote candidate the client has not told, as far as is known. */
  public SelectedPair(
      String localAddress,
      int localPort,
      String remoteAddress,
      int remotePort,
      IceCandidate.Protocol protocol) {
    this(localAddress, localPort, remoteAddress, remotePort, protocol, IceCandidate.Type.PRFLX);
  }

  /** The local address and port as text. */
  public String local() {
    return text(localAddress, localPort);
  }

  /** The remote address and port as text. */
  public String remote() {
    return text(remoteAddress, remotePort);
  }

  private static String text(String address, int port) {
    return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + port;
  }
}
