package io.github.jvbwhip.http.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A token, and what it is good for.
 *
 * @param streams that it opens
 * @param name what people call who has it, where it has one
 */
public record TokenGrant(String token, List<StreamPattern> streams, Optional<String> name) {
  public TokenGrant {
    streams = List.copyOf(streams);
  }

  /** Reads the list under that key: texts, which are good for everything, and objects. */
  public static List<TokenGrant> read(Section section, String key) throws InvalidConfigException {
    List<TokenGrant> grants = new ArrayList<>();
    for (Section entry : section.sections(key, "token")) {
      String token = entry.text("token").orElse("");
      if (token.isBlank()) {
        throw section.wrong(key, "a list of tokens that are not empty");
      }
      grants.add(
          new TokenGrant(
              token,
              entry.has("streams") ? patterns(entry) : List.of(StreamPattern.ALL),
              entry.has("name") ? entry.text("name") : Optional.empty()));
      entry.done();
    }
    return grants;
  }

  private static List<StreamPattern> patterns(Section entry) throws InvalidConfigException {
    List<StreamPattern> patterns = new ArrayList<>();
    for (String text : entry.texts("streams")) {
      patterns.add(
          StreamPattern.of(text)
              .orElseThrow(
                  () ->
                      entry.wrong(
                          "streams", "a list such as [ \"room\", \"room/stream\", \"team-*\" ]")));
    }
    return patterns;
  }

  /** Leaves the token out. */
  @Override
  public String toString() {
    return "TokenGrant[streams=" + streams + "]";
  }
}
