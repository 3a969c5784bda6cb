package io.github.jvbwhip.core.sdp;

/** One line of a session description, without its line end. Immutable. */
public sealed interface SdpLine permits Attribute, SdpLine.Field {

  /** Appends the line, without its line end. */
  void appendTo(StringBuilder out);

  /**
   * A line that is no attribute, such as {@code c=} or {@code b=}, kept verbatim.
   *
   * @param type the letter before the equals sign
   */
  record Field(char type, String value) implements SdpLine {
    @Override
    public void appendTo(StringBuilder out) {
      out.append(type).append('=').append(value);
    }
  }
}
