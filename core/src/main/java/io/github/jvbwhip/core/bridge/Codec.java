package io.github.jvbwhip.core.bridge;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A media format without its number.
 *
 * @param name the encoding name as registered, such as {@code opus}, {@code VP8}, {@code H264};
 *     compared without case
 * @param clockRate in Hz
 * @param channels 1 for video
 * @param parameters the format parameters (fmtp), names in lower case, in no particular order; a
 *     parameter without a value maps to the empty string
 */
public record Codec(
    MediaKind kind, String name, int clockRate, int channels, Map<String, String> parameters) {

  public Codec {
    if (clockRate <= 0 || channels <= 0) {
      throw new IllegalArgumentException("clock rate and channels are positive");
    }
    Map<String, String> sorted = new TreeMap<>(parameters);
    parameters = Collections.unmodifiableMap(sorted);
  }

  /** Whether this is the codec of that encoding name. */
  public boolean is(String encodingName) {
    return name.equalsIgnoreCase(encodingName);
  }

  /** The parameter's value, or {@code fallback} when it is absent. */
  public String parameter(String key, String fallback) {
    return parameters.getOrDefault(key, fallback);
  }
}
