package io.github.jvbwhip.xmpp;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * A stream as its parser is to see it: each stanza is cut out, and an empty one left in its place.
 * So each is read by a parser of its own, and nothing in it, which others write, makes the stream's
 * parser stumble, or lose count of where the next one begins. Where a stanza ends is told by
 * counting tags: XMPP has no comments, processing instructions and document types (RFC 6120 §11.1),
 * and servers write no CDATA. Not thread-safe.
 */
final class StanzaFrames extends Reader {
  /** Of a stanza that is longer the rest is left out, and what is left cannot be read. */
  static final int MAX_CHARACTERS = 1 << 20;

  static final Set<String> STANZAS = Set.of("iq", "message", "presence");

  private static final String EMPTY = "<message/>";
  private static final String STREAM = "stream:stream";
  private static final int CHUNK = 4096;

  /** Where in the text the next character is. */
  private enum Place {
    BETWEEN_TAGS,
    FIRST_IN_TAG,
    NAME,
    TAG,
    VALUE,
    DECLARATION
  }

  private final Reader source;
  private final char[] chunk = new char[CHUNK];
  private final Deque<String> stanzas = new ArrayDeque<>();

  /** What the stream's parser has not yet seen. */
  private final StringBuilder shown = new StringBuilder();

  /** A stanza, or the beginning of a tag that may be one's. */
  private StringBuilder held = new StringBuilder();

  private Place place = Place.BETWEEN_TAGS;
  private boolean inStanza;

  /** How many elements are open; one of them is the stream. */
  private int depth;

  /** Of the tag that this is in. */
  private boolean opens;

  private boolean isStream;
  private char quote;
  private char before;

  StanzaFrames(Reader source) {
    this.source = source;
  }

  /** The stanza that the next empty one stands for. */
  String take() {
    return stanzas.remove();
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    while (shown.isEmpty()) {
      int count = source.read(chunk, 0, chunk.length);
      if (count < 0) {
        return -1;
      }
      for (int i = 0; i < count; i++) {
        read(chunk[i]);
      }
    }
    int count = Math.min(length, shown.length());
    shown.getChars(0, count, buffer, offset);
    shown.delete(0, count);
    return count;
  }

  private void read(char c) throws IOException {
    switch (place) {
      case BETWEEN_TAGS -> {
        if (c == '<') {
          place = Place.FIRST_IN_TAG;
          held = inStanza ? held : new StringBuilder();
        }
        keep(c);
      }
      case FIRST_IN_TAG -> {
        keep(c);
        begin(c);
      }
      case NAME -> {
        if (c == '>' || c == '/' || Character.isWhitespace(c)) {
          name(held.substring(1));
          inTag(c);
        } else {
          keep(c);
        }
      }
      case TAG -> inTag(c);
      case VALUE -> {
        keep(c);
        place = c == quote ? Place.TAG : Place.VALUE;
      }
      case DECLARATION -> {
        keep(c);
        place = c == '>' ? Place.BETWEEN_TAGS : Place.DECLARATION;
      }
    }
  }

  private void keep(char c) {
    boolean hold = inStanza || place == Place.FIRST_IN_TAG || place == Place.NAME;
    if (!hold) {
      shown.append(c);
    } else if (held.length() < MAX_CHARACTERS) {
      held.append(c);
    }
  }

  private void begin(char first) throws IOException {
    if (first == '!' || (first == '?' && (inStanza || depth > 1))) {
      throw new IOException("no element, where XMPP has nothing else");
    }
    opens = first != '/';
    isStream = false;
    before = first;
    if (inStanza) {
      place = Place.TAG;
    } else if (first == '?') {
      show();
      place = Place.DECLARATION;
    } else if (opens) {
      place = Place.NAME;
    } else {
      show();
      place = Place.TAG;
    }
  }

  private void name(String name) {
    place = Place.TAG;
    isStream = depth <= 1 && name.equals(STREAM);
    inStanza = depth == 1 && STANZAS.contains(name);
    if (!inStanza) {
      show();
    }
  }

  private void show() {
    shown.append(held);
  }

  private void inTag(char c) {
    keep(c);
    if (c == '>') {
      end(before == '/');
    } else if (c == '"' || c == '\'') {
      quote = c;
      place = Place.VALUE;
    }
    before = c;
  }

  private void end(boolean isEmpty) {
    place = Place.BETWEEN_TAGS;
    if (!opens) {
      depth--;
    } else if (isStream) {
      depth = 1; // It may be the second: after signing in the stream begins anew.
    } else if (!isEmpty) {
      depth++;
    }
    if (inStanza && depth == 1) {
      inStanza = false;
      stanzas.add(held.toString());
      shown.append(EMPTY);
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
