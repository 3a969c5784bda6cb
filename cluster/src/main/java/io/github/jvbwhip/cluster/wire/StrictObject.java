package io.github.jvbwhip.cluster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * An object of JSON while it is read: of members that are not read, or not as they should be, none
 * passes. Not thread-safe.
 */
final class StrictObject {
  private static final int LONGEST_TEXT = 4096;
  private static final int LONGEST_LIST = 10_000;

  private final JsonNode node;
  private final Set<String> known = new HashSet<>();

  StrictObject(JsonNode node) throws ProblemException {
    if (!node.isObject()) {
      throw malformed("an object is needed");
    }
    this.node = node;
  }

  /** How elements are read. */
  @FunctionalInterface
  interface Reader<T> {
    T read(JsonNode element) throws ProblemException;
  }

  static ProblemException malformed(String what) {
    return new ProblemException(ProblemType.MALFORMED_REQUEST, "The message is malformed: " + what);
  }

  boolean has(String name) {
    known.add(name);
    return node.has(name);
  }

  private JsonNode get(String name) throws ProblemException {
    known.add(name);
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      throw malformed(name + " is missing");
    }
    return value;
  }

  String text(String name) throws ProblemException {
    return text(get(name), name);
  }

  private static String text(JsonNode value, String name) throws ProblemException {
    if (!value.isTextual() || value.textValue().length() > LONGEST_TEXT) {
      throw malformed(name + " is no text, or too long a one");
    }
    return value.textValue();
  }

  Optional<String> perhapsText(String name) throws ProblemException {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  long number(String name, long min, long max) throws ProblemException {
    JsonNode value = get(name);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < min
        || value.longValue() > max) {
      throw malformed(name + " is no number, or out of bounds");
    }
    return value.longValue();
  }

  int count(String name) throws ProblemException {
    return (int) number(name, 0, Integer.MAX_VALUE);
  }

  OptionalLong perhapsNumber(String name, long min, long max) throws ProblemException {
    return has(name) ? OptionalLong.of(number(name, min, max)) : OptionalLong.empty();
  }

  boolean flag(String name) throws ProblemException {
    JsonNode value = get(name);
    if (!value.isBoolean()) {
      throw malformed(name + " is neither true nor false");
    }
    return value.booleanValue();
  }

  <T extends Enum<T>> T word(String name, Class<T> type) throws ProblemException {
    String text = text(name);
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> each.name().equals(text))
        .findFirst()
        .orElseThrow(() -> malformed(name + " is none of the words for it"));
  }

  <T> T part(String name, Reader<T> reader) throws ProblemException {
    return reader.read(get(name));
  }

  <T> List<T> list(String name, Reader<T> reader) throws ProblemException {
    JsonNode value = get(name);
    if (!value.isArray() || value.size() > LONGEST_LIST) {
      throw malformed(name + " is no list, or too long a one");
    }
    List<T> result = new ArrayList<>();
    for (JsonNode element : value) {
      result.add(reader.read(element));
    }
    return result;
  }

  List<String> texts(String name) throws ProblemException {
    return list(name, element -> text(element, name));
  }

  /** To be called when all was read. */
  void done() throws ProblemException {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      if (!known.contains(names.next())) {
        throw malformed("it has members that are not known");
      }
    }
  }
}
