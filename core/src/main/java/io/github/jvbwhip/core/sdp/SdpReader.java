package io.github.jvbwhip.core.sdp;

/**
 * How texts are read. Immutable.
 *
 * <p>Strict, a text follows the grammar of the RFCs or is refused. Lenient, lines that are not
 * understood are left out, apart from m-lines, since what follows one would belong to another
 * section, and from ICE credentials that some section lacks. Lines may then end with LF, CR or
 * both, have blanks and control characters around them and blank lines between them; {@code o=},
 * {@code s=} and {@code t=} may be missing; and ICE credentials may have the characters that
 * browsers let pass. The bounds hold for both.
 */
public record SdpReader(boolean strict, SdpLimits limits) {

  /** The RFCs to the letter. */
  public static final SdpReader STRICT = new SdpReader(true, SdpLimits.DEFAULT);

  /** What real clients need. */
  public static final SdpReader LENIENT = new SdpReader(false, SdpLimits.DEFAULT);

  /**
   * A text's meaning.
   *
   * @param leftOut the lines that have no part in it
   */
  public record Reading<T>(T value, LeftOut leftOut) {}

  /**
   * Reads a description.
   *
   * @throws SdpException when the text breaks the grammar or a bound
   */
  public Reading<SessionDescription> description(String text) throws SdpException {
    return new SdpParser(text, this).description();
  }

  /**
   * Reads an ICE fragment.
   *
   * @throws SdpException when the text breaks the grammar or a bound
   */
  public Reading<IceFragment> fragment(String text) throws SdpException {
    return new SdpParser(text, this).fragment();
  }
}
