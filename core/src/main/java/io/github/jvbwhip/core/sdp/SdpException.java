package io.github.jvbwhip.core.sdp;

/**
 * The text is not a session description, or is larger than what is taken. Without a stack trace: a
 * lenient reader makes one for each line that it leaves out.
 */
public final class SdpException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final String reason;

  /**
   * @param line counted from 1; 0 when the text as a whole is meant
   * @param reason may be shown to a client; quotes nothing from the text
   */
  public SdpException(int line, String reason) {
    super(line == 0 ? reason : "line " + line + ": " + reason, null, false, false);
    this.line = line;
    this.reason = reason;
  }

  /** The line at fault, counted from 1; 0 when the text as a whole is meant. */
  public int line() {
    return line;
  }

  /** What is wrong, without the line number. */
  public String reason() {
    return reason;
  }
}
