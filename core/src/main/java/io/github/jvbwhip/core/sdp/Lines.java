package io.github.jvbwhip.core.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Searching and writing lists of lines. */
final class Lines {
  private Lines() {}

  static <T extends Attribute> Optional<T> first(List<SdpLine> lines, Class<T> type) {
    for (SdpLine line : lines) {
      if (type.isInstance(line)) {
        return Optional.of(type.cast(line));
      }
    }
    return Optional.empty();
  }

  static <T extends Attribute> List<T> all(List<SdpLine> lines, Class<T> type) {
    List<T> result = new ArrayList<>();
    for (SdpLine line : lines) {
      if (type.isInstance(line)) {
        result.add(type.cast(line));
      }
    }
    return result;
  }

  static void append(List<SdpLine> lines, StringBuilder out) {
    for (SdpLine line : lines) {
      line.appendTo(out);
      out.append("\r\n");
    }
  }
}
