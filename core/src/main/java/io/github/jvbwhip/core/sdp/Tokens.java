package io.github.jvbwhip.core.sdp;

import java.util.Optional;

/** The words of one value, separated by spaces. Used once, by one thread. */
final class Tokens {
  private final String text;
  private final int end;
  private final int lineNumber;
  private int position;

  /**
   * @param text contains the value, from {@code start} to before {@code end}
   * @param lineNumber for errors
   */
  Tokens(String text, int start, int end, int lineNumber) {
    this.text = text;
    this.position = start;
    this.end = end;
    this.lineNumber = lineNumber;
    skipSpaces();
  }

  boolean hasNext() {
    return position < end;
  }

  /**
   * The next word.
   *
   * @param what names it in the error
   */
  String next(String what) throws SdpException {
    if (!hasNext()) {
      throw error(what + " is missing");
    }
    int start = position;
    while (position < end && text.charAt(position) != ' ') {
      position++;
    }
    String token = text.substring(start, position);
    skipSpaces();
    return token;
  }

  /** Passes over the next word, if it is that one. */
  boolean skip(String word) {
    int wordEnd = position + word.length();
    boolean found =
        text.startsWith(word, position)
            && wordEnd <= end
            && (wordEnd == end || text.charAt(wordEnd) == ' ');
    if (found) {
      position = wordEnd;
      skipSpaces();
    }
    return found;
  }

  /** All that is left, verbatim; empty when there is nothing. */
  String rest() {
    String rest = text.substring(position, end);
    position = end;
    return rest;
  }

  /** As {@link #rest}, without trailing spaces; absent when there is nothing. */
  Optional<String> optionalRest() {
    String rest = rest().stripTrailing();
    return rest.isEmpty() ? Optional.empty() : Optional.of(rest);
  }

  long nextNumber(String what, long min, long max) throws SdpException {
    return number(next(what), min, max);
  }

  /** A decimal number of digits alone. */
  long number(String digits, long min, long max) throws SdpException {
    long value = parseDigits(digits);
    if (value < min || value > max) {
      throw error("a number from " + min + " to " + max + " is expected");
    }
    return value;
  }

  /** The value of up to 12 decimal digits, or -1 when it is anything else. */
  static long parseDigits(String digits) {
    if (digits.isEmpty() || digits.length() > 12) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }

  void requireEnd() throws SdpException {
    if (hasNext()) {
      throw error("something follows that does not belong there");
    }
  }

  SdpException error(String reason) {
    return new SdpException(lineNumber, reason);
  }

  private void skipSpaces() {
    while (position < end && text.charAt(position) == ' ') {
      position++;
    }
  }
}
