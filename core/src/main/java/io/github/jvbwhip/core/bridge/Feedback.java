package io.github.jvbwhip.core.bridge;

/** RTCP feedback that can be negotiated for a codec (RFC 4585 §4.2, RFC 5104, drafts). */
public enum Feedback {
  NACK("nack"),
  NACK_PLI("nack pli"),
  CCM_FIR("ccm fir"),
  TRANSPORT_CC("transport-cc"),
  GOOG_REMB("goog-remb");

  private final String sdpValue;

  Feedback(String sdpValue) {
    this.sdpValue = sdpValue;
  }

  /** What follows the payload type in {@code a=rtcp-fb}. */
  public String sdpValue() {
    return sdpValue;
  }
}
