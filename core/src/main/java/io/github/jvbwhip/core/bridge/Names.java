package io.github.jvbwhip.core.bridge;

/** The rule for names that stand in URLs: unreserved characters of RFC 3986 §2.3. */
final class Names {
  private static final int MAX_LENGTH = 128;

  private Names() {}

  static boolean isValid(String value) {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean unreserved =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '.'
              || c == '_'
              || c == '~'
              || c == '-';
      if (!unreserved) {
        return false;
      }
    }
    // A path of dots would be resolved away by clients and proxies (RFC 3986 §5.2.4).
    return !value.equals(".") && !value.equals("..");
  }
}
