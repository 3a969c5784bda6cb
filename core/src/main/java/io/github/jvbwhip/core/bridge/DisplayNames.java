package io.github.jvbwhip.core.bridge;

/** What people and publishers call themselves, whatever they write. Pure functions. */
public final class DisplayNames {
  private static final int MAX_LENGTH = 64;

  /** More than enough of one, with what is taken out of it. */
  private static final int MAX_READ = 1024;

  private DisplayNames() {}

  /** As people can be shown it: short, in one line, without what cannot be seen. */
  public static String plain(String name) {
    String read = name.substring(0, Math.min(name.length(), MAX_READ));
    String words = read.replaceAll("[\\p{Cntrl}\\p{Cf}\\s\u2028\u2029]+", " ").strip();
    return words.codePointCount(0, words.length()) <= MAX_LENGTH
        ? words
        : words.substring(0, words.offsetByCodePoints(0, MAX_LENGTH));
  }
}
