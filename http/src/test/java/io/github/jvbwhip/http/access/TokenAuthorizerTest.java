package io.github.jvbwhip.http.access;

import static io.github.jvbwhip.http.access.Requests.header;
import static io.github.jvbwhip.http.access.Requests.post;
import static io.github.jvbwhip.http.access.Requests.withToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.session.ManualClock;
import io.github.jvbwhip.http.HttpConfigs;
import io.github.jvbwhip.http.composition.Authorizers;
import io.github.jvbwhip.http.config.InvalidConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenAuthorizerTest {
  private final ManualClock clock = new ManualClock();

  private Authorizer authorizer(String auth) throws InvalidConfigException {
    return authorizer(auth, UnaryOperator.identity());
  }

  private Authorizer authorizer(String auth, UnaryOperator<RoomName> canonical)
      throws InvalidConfigException {
    return Authorizers.of(
        HttpConfigs.with("auth { " + auth + " }").auth(),
        canonical,
        clock,
        part -> {
          throw new AssertionError("nothing is to be closed");
        });
  }

  @Test
  void tells_callers_apart_by_their_tokens_and_names_none() throws Exception {
    Authorizer authorizer = authorizer("tokens = [ one, two ]");
    Principal one = authorizer.authorize(withToken(Action.PUBLISH, "room/a", "one")).join();
    Principal two =
        authorizer.authorize(post(Action.PUBLISH, "room/a", header("bearer two"))).join();

    assertThat(authorizer.authorize(withToken(Action.PUBLISH, "room/b", "one")).join())
        .isEqualTo(one);
    assertThat(one.identity()).isNotEqualTo(two.identity()).doesNotContain("one");
    assertThat(one.name()).startsWith("token-").doesNotContain("one");
    assertThat(one.limits()).isEqualTo(Principal.Limits.NONE);
  }

  /** As a bridge does in meetings, whose rooms requests then name so. */
  private static RoomName inSmallLetters(RoomName room) {
    return new RoomName(room.value().toLowerCase(Locale.ROOT));
  }

  @Test
  void rooms_are_known_as_the_bridge_knows_them() throws Exception {
    Authorizer authorizer =
        authorizer(
            "tokens = [ { token = t, streams = [ StandUp, \"Team*A/Cam\", \"*Sessions\" ] } ]",
            TokenAuthorizerTest::inSmallLetters);
    for (String place : List.of("standup/x", "standup", "team-1-a/Cam", "allsessions")) {
      assertThat(authorizer.authorize(withToken(Action.PUBLISH, place, "t"))).isCompleted();
    }
    for (String place : List.of("standups", "team-1-a/cam", "team-1-b/Cam")) {
      Refused.asForbidden(authorizer.authorize(withToken(Action.PUBLISH, place, "t")));
    }
  }

  @Test
  void a_token_is_good_for_its_rooms_and_streams() throws Exception {
    Authorizer authorizer =
        authorizer(
            "tokens = [ all, { token = hall, streams = [ \"hall/cam*\", lobby ], name = Hall } ]");
    assertThat(authorizer.authorize(withToken(Action.PUBLISH, "any/thing", "all")).join().claims())
        .isEmpty();
    for (String place : List.of("hall/cam1", "hall/cam", "lobby/x", "lobby", "")) {
      assertThat(authorizer.authorize(withToken(Action.PUBLISH, place, "hall")).join().claims())
          .containsEntry(Principal.DISPLAY_NAME, "Hall");
    }
    for (String place : List.of("hall/mic", "hall", "hallo/cam1", "Lobby/x", "lobby2/x")) {
      Refused.asForbidden(authorizer.authorize(withToken(Action.PUBLISH, place, "hall")));
    }
  }

  @Test
  void refuses_what_is_not_in_the_list() throws Exception {
    Authorizer authorizer = authorizer("tokens = [ one ]");
    Refused.asInvalid(authorizer.authorize(withToken(Action.PUBLISH, "room", "three")));
    Refused.asInvalid(authorizer.authorize(withToken(Action.PUBLISH, "room", "on")));
    Refused.asMissing(authorizer.authorize(post(Action.PUBLISH, "room", Credentials.NONE)));
  }

  @Test
  void a_password_is_a_token_too_and_so_is_what_the_query_has_where_that_may_be() throws Exception {
    Authorizer authorizer = authorizer("tokens = [ one ]");
    // "somebody:one", and "one:" as curl -u one: has it
    for (String basic : List.of("Basic c29tZWJvZHk6b25l", "Basic b25lOg==")) {
      assertThat(authorizer.authorize(post(Action.WATCH, "room", header(basic))).join().name())
          .startsWith("token-");
    }
    Credentials query = Credentials.read(Optional.empty(), Optional.of("one"), false);
    assertThat(authorizer.authorize(post(Action.WATCH, "room", query)).join().name())
        .startsWith("token-");
  }

  @Test
  void without_a_list_everybody_may() throws Exception {
    assertThat(authorizer("").authorize(post(Action.WATCH, "room", Credentials.NONE)).join())
        .isEqualTo(Principal.ANONYMOUS);
  }

  @Test
  void a_file_is_read_again_when_it_changes(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("tokens.conf"), "tokens = [ old ]");
    Authorizer authorizer = authorizer("tokens = [ fixed ], token-file = \"" + file + "\"");
    assertThat(authorizer.authorize(withToken(Action.WATCH, "room", "old")).join().name())
        .startsWith("token-");

    Files.writeString(file, "tokens = [ { token = newer, streams = [ room ] } ]");
    clock.advance(Duration.ofSeconds(1));
    Refused.asInvalid(authorizer.authorize(withToken(Action.WATCH, "room", "old")));
    assertThat(authorizer.authorize(withToken(Action.WATCH, "room", "newer"))).isCompleted();
    Refused.asForbidden(authorizer.authorize(withToken(Action.WATCH, "other", "newer")));
    assertThat(authorizer.authorize(withToken(Action.WATCH, "room", "fixed"))).isCompleted();
  }

  @Test
  void a_file_that_becomes_wrong_changes_nothing(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("tokens.conf"), "tokens = [ old ]");
    Authorizer authorizer = authorizer("token-file = \"" + file + "\"");
    for (String wrong : List.of("tokens = [ s3cret", "tokens = 5", "tokens = [ a ], b = c", "")) {
      Files.writeString(file, wrong);
      clock.advance(Duration.ofSeconds(1));
      assertThat(authorizer.authorize(withToken(Action.WATCH, "room", "old")))
          .as(wrong)
          .isCompleted();
    }
    Files.delete(file);
    clock.advance(Duration.ofSeconds(1));
    assertThat(authorizer.authorize(withToken(Action.WATCH, "room", "old"))).isCompleted();
    Files.writeString(file, "tokens = [ next ]");
    clock.advance(Duration.ofSeconds(1));
    Refused.asInvalid(authorizer.authorize(withToken(Action.WATCH, "room", "old")));
  }

  @Test
  void a_file_that_is_wrong_at_the_start_is_said_without_what_is_in_it(@TempDir Path directory)
      throws Exception {
    Path file = Files.writeString(directory.resolve("tokens.conf"), "\ntokens = [ s3cret");
    assertThatThrownBy(() -> authorizer("token-file = \"" + file + "\""))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith(file + " is not well-formed")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> authorizer("token-file = \"" + directory.resolve("none") + "\""))
        .hasMessageEndingWith("none cannot be read");
  }
}
