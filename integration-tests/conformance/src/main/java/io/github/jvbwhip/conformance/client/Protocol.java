package io.github.jvbwhip.conformance.client;

import java.util.Locale;

/** Which of the two protocols an endpoint speaks, and what differs between them. */
public enum Protocol {
  WHIP("RFC 9725", "sendonly", "recvonly"),
  WHEP("WHEP", "recvonly", "sendonly");

  private final String document;
  private final String clientDirection;
  private final String serverDirection;

  Protocol(String document, String clientDirection, String serverDirection) {
    this.document = document;
    this.clientDirection = clientDirection;
    this.serverDirection = serverDirection;
  }

  /** The section of this protocol's own document. */
  public String section(String ofWhip, String ofWhep) {
    return document + " §" + (this == WHIP ? ofWhip : ofWhep);
  }

  /** What a client's offer says, {@code sendonly} or {@code recvonly}. */
  public String clientDirection() {
    return clientDirection;
  }

  /** What the answer has to say. */
  public String serverDirection() {
    return serverDirection;
  }

  /** {@code whip} or {@code whep}. */
  public String prefix() {
    return name().toLowerCase(Locale.ROOT);
  }
}
