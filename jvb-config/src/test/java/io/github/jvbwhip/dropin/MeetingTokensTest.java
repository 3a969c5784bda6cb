package io.github.jvbwhip.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.http.access.AccessRequest;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.access.Credentials;
import io.github.jvbwhip.http.access.Principal;
import io.github.jvbwhip.http.problems.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeetingTokensTest {
  private static final String BAD = "bad";

  private final MeetingTokens tokens = tokens(false);

  private static MeetingTokens tokens(boolean watching) {
    return new MeetingTokens(
        watching,
        (room, token) ->
            token.equals(BAD)
                ? CompletableFuture.failedFuture(
                    new BridgeException(BridgeException.Reason.FORBIDDEN, "no"))
                : CompletableFuture.completedFuture(null),
        room -> room.value().equals("breakout"),
        request -> CompletableFuture.completedFuture(Principal.ANONYMOUS));
  }

  private Principal principal(Action action, Optional<String> bearer) {
    return principal(tokens, action, "POST", "room", bearer);
  }

  private static Principal principal(
      MeetingTokens tokens, Action action, String method, String room, Optional<String> bearer) {
    return tokens
        .authorize(
            new AccessRequest(
                action,
                method,
                Optional.of(new RoomName(room)),
                Optional.empty(),
                "192.0.2.1",
                new Credentials(bearer, Optional.empty(), Optional.empty()),
                Map.of()))
        .join();
  }

  private static String jwt(String claims) {
    return "e30."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".c2ln";
  }

  @Test
  void a_token_goes_on_as_it_is_and_its_name_is_shown() {
    String token = jwt("{\"context\":{\"user\":{\"name\":\"Zoë\"}}}");
    Principal principal = principal(Action.PUBLISH, Optional.of(token));
    assertThat(principal.claims())
        .containsEntry(Principal.MEETING_TOKEN, token)
        .containsEntry(Principal.DISPLAY_NAME, "Zoë");
    assertThat(principal.toString()).doesNotContain(token);
    assertThat(principal.name()).startsWith("meeting-token-").doesNotContain(token);
    assertThat(principal(Action.PUBLISH, Optional.of(jwt("{}"))).identity())
        .isNotEqualTo(principal.identity());
  }

  @ParameterizedTest
  @ValueSource(strings = {"opaque", "a.b", "a.%%%.c", "e30.bm90IGpzb24.c2ln", "...."})
  void what_is_no_jwt_has_no_name(String token) {
    assertThat(principal(Action.PUBLISH, Optional.of(token)).claims())
        .containsOnlyKeys(Principal.MEETING_TOKEN);
  }

  @Test
  void publishers_without_one_are_refused() {
    assertThatThrownBy(() -> principal(Action.PUBLISH, Optional.empty()))
        .hasCauseInstanceOf(ProblemException.class);
  }

  @Test
  void players_are_asked_for_what_others_want() {
    assertThat(principal(Action.WATCH, Optional.empty())).isEqualTo(Principal.ANONYMOUS);
  }

  @Test
  void no_player_gets_into_a_room_of_which_the_server_asks_no_token() {
    Optional<String> token = Optional.of(jwt("{}"));
    assertThatThrownBy(() -> principal(tokens(true), Action.WATCH, "POST", "breakout", token))
        .hasCauseInstanceOf(ProblemException.class)
        .hasMessageContaining("by its id");
    assertThat(principal(tokens(true), Action.PUBLISH, "POST", "breakout", token).claims())
        .containsKey(Principal.MEETING_TOKEN);
  }

  @Test
  void the_server_is_asked_before_anybody_is_told_anything() {
    for (Action action : List.of(Action.WATCH, Action.PUBLISH)) { // And costs it nothing.
      assertThatThrownBy(() -> principal(tokens(true), action, "OPTIONS", "room", Optional.of(BAD)))
          .hasCauseInstanceOf(ProblemException.class);
    }
    assertThatThrownBy(
            () -> principal(tokens(true), Action.WATCH, "POST", "room", Optional.of(BAD)))
        .hasCauseInstanceOf(BridgeException.class);
    // The join will ask it.
    assertThat(principal(Action.PUBLISH, Optional.of(BAD)).claims()).isNotEmpty();
  }
}
