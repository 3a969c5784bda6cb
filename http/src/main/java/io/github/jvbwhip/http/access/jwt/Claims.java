package io.github.jvbwhip.http.access.jwt;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.http.access.AccessRequest;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.config.StreamPattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the claims of a token allow, and whom they name. {@code whip.publish} and {@code whep.watch}
 * are lists of {@link StreamPattern}s; a token without the one that is asked for is good for the
 * room of its claim {@code room}, as Jitsi's are, and {@code *} is all of them.
 */
final class Claims {
  private Claims() {}

  /**
   * Whether they allow it. A token that names no room allows nothing.
   *
   * @param canonical of a name that means a room, that by which it is known
   */
  static boolean allow(
      JWTClaimsSet claims, AccessRequest request, UnaryOperator<RoomName> canonical) {
    boolean publish = request.action() == Action.PUBLISH;
    Object list = publish ? at(claims, "whip", "publish") : at(claims, "whep", "watch");
    if (list != null) {
      return list instanceof List<?> patterns
          && patterns.stream()
              .map(each -> StreamPattern.of(String.valueOf(each)))
              .flatMap(Optional::stream)
              .map(pattern -> pattern.known(canonical))
              .anyMatch(pattern -> pattern.matches(request.room(), request.stream()));
    }
    return claims.getClaim("room") instanceof String room
        && (room.equals("*")
            || request.room().map(asked -> asked.value().equalsIgnoreCase(room)).orElse(true));
  }

  /** What people call who has it. */
  static Optional<String> displayName(JWTClaimsSet claims) {
    return text(at(claims, "context", "user", "name"));
  }

  /** What stays the same of one caller from token to token. */
  static Optional<String> user(JWTClaimsSet claims) {
    return text(at(claims, "context", "user", "id"))
        .map(id -> claims.getIssuer() + "\n" + claims.getSubject() + "\n" + id);
  }

  private static Optional<String> text(@Nullable Object claim) {
    return claim instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
  }

  private static @Nullable Object at(JWTClaimsSet claims, String first, String... more) {
    Object value = claims.getClaim(first);
    for (String name : more) {
      value = value instanceof Map<?, ?> object ? object.get(name) : null;
    }
    return value;
  }
}
