package io.github.jvbwhip.operator.endpoints;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamPlace;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Named endpoints as JSON: in requests, in answers, in the file. Stateless. */
public final class EndpointJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> MEMBERS =
      Set.of(
          "name", "room", "stream", "token", "displayName", "maxSeconds", "maxBitrate", "enabled");
  private static final Set<String> STORED =
      Set.of(
          "name",
          "room",
          "stream",
          "tokenSha256",
          "displayName",
          "maxSeconds",
          "maxBitrate",
          "enabled",
          "created");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final int SHORTEST_TOKEN = 8;
  private static final int LONGEST_TEXT = 1000;

  /**
   * What a request wants an endpoint to be.
   *
   * @param name empty for one that the server chooses
   * @param token empty for one that the server chooses, or for that of before
   */
  public record Wish(
      Optional<String> name,
      StreamPlace place,
      Optional<String> token,
      Optional<String> displayName,
      Optional<Duration> maxDuration,
      OptionalLong maxBitrate,
      boolean enabled) {
    /** Leaves the token out. */
    @Override
    public String toString() {
      return "Wish[" + name.orElse("") + "]";
    }
  }

  private EndpointJson() {}

  /**
   * Reads the body of a request.
   *
   * @throws ProblemException 400 with what is wrong
   */
  public static Wish wish(JsonNode object) throws ProblemException {
    checkMembers(object, MEMBERS);
    Optional<String> token = text(object, "token");
    if (token.filter(text -> text.length() < SHORTEST_TOKEN).isPresent()) {
      throw malformed("token has " + SHORTEST_TOKEN + " characters at least.");
    }
    Optional<String> name = text(object, "name");
    if (name.isPresent() && StreamName.of(name.get()).isEmpty()) {
      throw malformed("name is 1 to 128 characters of A-Z a-z 0-9 . _ ~ -");
    }
    return new Wish(
        name,
        place(object),
        token,
        text(object, "displayName"),
        seconds(object),
        bounded(object, "maxBitrate"),
        object.path("enabled").asBoolean(true));
  }

  /**
   * What everybody who may see endpoints sees of one.
   *
   * @param path of it, as clients see it
   */
  public static ObjectNode shown(NamedEndpoint endpoint, String path) {
    ObjectNode object = JSON.createObjectNode();
    object.put("name", endpoint.name());
    object.put("path", path);
    describe(object, endpoint);
    return object;
  }

  private static void describe(ObjectNode object, NamedEndpoint endpoint) {
    object.put("room", endpoint.place().room().value());
    object.put("stream", endpoint.place().stream().value());
    endpoint.displayName().ifPresent(name -> object.put("displayName", name));
    endpoint.maxDuration().ifPresent(time -> object.put("maxSeconds", time.toSeconds()));
    endpoint.maxBitrate().ifPresent(bitrate -> object.put("maxBitrate", bitrate));
    object.put("enabled", endpoint.enabled());
    object.put("created", endpoint.created().toString());
  }

  static ObjectNode toStore(NamedEndpoint endpoint) {
    ObjectNode object = JSON.createObjectNode();
    object.put("name", endpoint.name());
    describe(object, endpoint);
    object.put("tokenSha256", endpoint.tokenDigest());
    return object;
  }

  static NamedEndpoint stored(JsonNode object) throws ProblemException {
    checkMembers(object, STORED);
    String digest = text(object, "tokenSha256").orElse("");
    if (!DIGEST.matcher(digest).matches()) {
      throw malformed("tokenSha256 is 64 hexadecimal digits.");
    }
    Instant created;
    try {
      created = Instant.parse(text(object, "created").orElse(""));
    } catch (DateTimeException e) {
      throw malformed("created is a time such as 2026-01-01T00:00:00Z.");
    }
    return new NamedEndpoint(
        text(object, "name")
            .filter(name -> StreamName.of(name).isPresent())
            .orElseThrow(() -> malformed("an endpoint has a name")),
        place(object),
        digest,
        text(object, "displayName"),
        seconds(object),
        number(object, "maxBitrate"),
        object.path("enabled").asBoolean(true),
        created);
  }

  private static void checkMembers(JsonNode object, Set<String> known) throws ProblemException {
    if (!object.isObject()) {
      throw malformed("An endpoint is a JSON object.");
    }
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw malformed(name + " is no member of an endpoint.");
      }
    }
    if (!object.path("enabled").isMissingNode() && !object.path("enabled").isBoolean()) {
      throw malformed("enabled is true or false.");
    }
  }

  private static StreamPlace place(JsonNode object) throws ProblemException {
    RoomName room =
        text(object, "room")
            .flatMap(RoomName::of)
            .orElseThrow(() -> malformed("room is a room's name."));
    Optional<String> named = text(object, "stream");
    StreamName stream =
        named.isEmpty()
            ? StreamName.DEFAULT
            : StreamName.of(named.get()).orElseThrow(() -> malformed("stream is a stream's name."));
    return new StreamPlace(room, stream);
  }

  private static Optional<Duration> seconds(JsonNode object) throws ProblemException {
    OptionalLong seconds = bounded(object, "maxSeconds");
    return seconds.isPresent()
        ? Optional.of(Duration.ofSeconds(seconds.getAsLong()))
        : Optional.empty();
  }

  private static OptionalLong bounded(JsonNode object, String name) throws ProblemException {
    OptionalLong number = number(object, name);
    if (number.isPresent() && number.getAsLong() > Integer.MAX_VALUE) {
      throw malformed(name + " is at most " + Integer.MAX_VALUE + ".");
    }
    return number;
  }

  private static OptionalLong number(JsonNode object, String name) throws ProblemException {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalLong.empty();
    }
    if (!value.canConvertToExactIntegral() || !value.canConvertToLong() || value.longValue() < 1) {
      throw malformed(name + " is a number from 1 up.");
    }
    return OptionalLong.of(value.longValue());
  }

  private static Optional<String> text(JsonNode object, String name) throws ProblemException {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.textValue().length() > LONGEST_TEXT) {
      throw malformed(name + " is a text of at most " + LONGEST_TEXT + " characters.");
    }
    return Optional.of(value.textValue()).filter(text -> !text.isBlank());
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
  }
}
