package io.github.jvbwhip.core.negotiation;

/**
 * The description cannot be accepted; nothing was allocated. The message may be shown to a client:
 * it says what to change.
 */
public final class NegotiationException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. HTTP statuses are mapped outside, from {@link #malformed} and the constant. */
  public enum Reason {
    /** A reference inside the description leads nowhere, or one says the opposite of another. */
    MALFORMED(true),
    /** No ICE user name fragment or password. */
    MISSING_ICE(true),
    /** No certificate fingerprint, or none of a usable hash function. */
    MISSING_FINGERPRINT(true),
    /** No DTLS role where the rules want one. */
    MISSING_SETUP(true),

    /** No m-section at all, or none that is not disabled. */
    NO_MEDIA(false),
    /** Two audio, or two video, m-sections where one is taken (RFC 9725 §4.4.2). */
    TWO_MEDIA_OF_ONE_KIND(false),
    /** Several MediaStreams from a publisher (RFC 9725 §4.4.2). */
    SEVERAL_STREAMS(false),
    /** No MediaStream named where the rules want one (RFC 9725 §4.4.2). */
    MISSING_STREAM(false),
    /** A publisher that does not send, or a player that does not receive. */
    WRONG_DIRECTION(false),
    /** None of the offered codecs of an m-section is supported. */
    NO_COMMON_CODEC(false),
    /** An m-section that would have to be refused, such as a data channel (RFC 9725 §4.4.3). */
    SECTION_REFUSED(false),
    /** Several m-sections that are not all in one BUNDLE group (RFC 9725 §4.4.1). */
    NOT_BUNDLED(false),
    /** RTP and RTCP not multiplexed (RFC 9725 §4.4.1). */
    NO_RTCP_MUX(false),
    /** No DTLS-SRTP profile in the m-line. */
    UNSUPPORTED_TRANSPORT(false),
    /** A DTLS role that is not taken (RFC 9725 §4.4.4). */
    UNSUPPORTED_SETUP(false),
    /** An ICE-lite client (RFC 9725 §4.4.5). */
    UNSUPPORTED_ICE(false),
    /** An answer that does not fit the offer it answers. */
    ANSWER_MISMATCH(false);

    private final boolean malformed;

    Reason(boolean malformed) {
      this.malformed = malformed;
    }

    /** Whether the text is at fault (400), not what it asks for (422). */
    public boolean malformed() {
      return malformed;
    }
  }

  private final Reason reason;

  /**
   * @param detail a sentence for a person: what to change
   */
  public NegotiationException(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** What a person can change; safe to show to the client. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
