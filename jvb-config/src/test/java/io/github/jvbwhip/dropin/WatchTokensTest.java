package io.github.jvbwhip.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.http.access.AccessRequest;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.access.Authorizer;
import io.github.jvbwhip.http.access.ByAction;
import io.github.jvbwhip.http.access.Credentials;
import io.github.jvbwhip.http.access.Principal;
import io.github.jvbwhip.http.composition.Authorizers;
import io.github.jvbwhip.http.config.HttpConfig;
import io.github.jvbwhip.http.problems.ProblemException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may watch meetings, as it is configured. */
class WatchTokensTest {
  private static final String TOKENS = "tokens { standup = [ s ], Retro = [ r ], \"*\" = [ all ] }";

  private static Authorizer authorizer(String jitsi) throws Exception {
    DropInConfig config =
        DropInConfig.read(
            ConfigFactory.parseString(
                    "videobridge { whip { enabled = true, auth.tokens = [ pub ], jitsi {"
                        + " enabled = true, domain = meet.test, "
                        + jitsi
                        + " } }, whep { enabled = true, auth.tokens = [ view ] } }")
                .withFallback(ConfigFactory.defaultReference()));
    Authorizer tokens =
        new ByAction(
            config.whip().authorizers(of(config.whip().http())),
            config.whep().authorizers(of(config.whep().http())));
    return DropIn.authorizer(
        config, tokens, (room, token) -> CompletableFuture.completedFuture(null));
  }

  private static Authorizer of(HttpConfig protocol) throws Exception {
    return Authorizers.of(protocol.auth(), UnaryOperator.identity(), Clock.systemUTC(), part -> {});
  }

  private static Authorizer listed() throws Exception {
    return authorizer("watch { enabled = true, " + TOKENS + " }");
  }

  private static Authorizer ofMeeting() throws Exception {
    return authorizer(
        "watch.enabled = true, auth.mode = token, xmpp.websocket-url = \"wss://meet.test/xmpp\"");
  }

  private static Principal ask(Authorizer authorizer, Action action, String room, String token) {
    return authorizer
        .authorize(
            new AccessRequest(
                action,
                "POST",
                Optional.ofNullable(room).map(RoomName::new),
                Optional.empty(),
                "192.0.2.1",
                new Credentials(Optional.ofNullable(token), Optional.empty(), Optional.empty()),
                Map.of()))
        .join();
  }

  private static void refused(Authorizer authorizer, Action action, String room, String token) {
    assertThatThrownBy(() -> ask(authorizer, action, room, token))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @CsvSource({"standup, s", "StandUp, s", "retro, r", "standup, all", "retro, all", "other, all"})
  void a_token_of_the_room_or_of_all_rooms_lets_watch(String room, String token) throws Exception {
    Principal principal = ask(listed(), Action.WATCH, room, token);
    assertThat(principal.name()).startsWith("watch-");
    assertThat(principal.claims()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "standup,",
    "standup, r",
    "standup, S",
    "standup, view",
    "standup, pub",
    "other, s",
    "other,"
  })
  void nothing_else_does(String room, String token) throws Exception {
    refused(listed(), Action.WATCH, room, token);
  }

  @Test
  void without_tokens_of_all_rooms_rooms_that_are_not_named_are_closed() throws Exception {
    Authorizer authorizer = authorizer("watch { enabled = true, tokens { standup = [ s ] } }");
    assertThat(ask(authorizer, Action.WATCH, "standup", "s")).isNotNull();
    refused(authorizer, Action.WATCH, "other", "s");
    refused(authorizer, Action.WATCH, "other", "view");
    refused(authorizer, Action.LIST_ROOMS, null, "s");
  }

  /** It tells which meetings there are, and who is in them. */
  @Test
  void the_list_of_rooms_is_for_those_who_may_watch_all() throws Exception {
    assertThat(ask(listed(), Action.LIST_ROOMS, null, "all")).isNotNull();
    refused(listed(), Action.LIST_ROOMS, null, "s");
    refused(listed(), Action.LIST_ROOMS, null, null);
  }

  /** Its URL tells which one, and in strict mode a token besides. */
  @Test
  void a_session_is_managed_with_the_token_that_it_was_made_with() throws Exception {
    assertThat(ask(listed(), Action.WATCH, null, "s").identity())
        .isEqualTo(ask(listed(), Action.WATCH, "standup", "s").identity());
    refused(listed(), Action.WATCH, null, "view");
  }

  @Test
  void publishers_are_asked_for_what_they_are_otherwise() throws Exception {
    assertThat(ask(listed(), Action.PUBLISH, "standup", "pub")).isNotNull();
    refused(listed(), Action.PUBLISH, "standup", "all");
  }

  @Test
  void without_watching_players_are_asked_for_tokens_of_whep() throws Exception {
    Authorizer authorizer = authorizer("watch.enabled = false");
    assertThat(ask(authorizer, Action.WATCH, "standup", "view")).isNotNull();
    assertThat(ask(authorizer, Action.LIST_ROOMS, null, null)).isEqualTo(Principal.ANONYMOUS);
  }

  @Test
  void the_meetings_own_tokens_go_on_to_its_server() throws Exception {
    assertThat(ask(ofMeeting(), Action.WATCH, "standup", "a.b.c").claims())
        .containsEntry(Principal.MEETING_TOKEN, "a.b.c");
    refused(ofMeeting(), Action.WATCH, "standup", null);
  }

  @ParameterizedTest
  @EnumSource(names = {"PUBLISH", "WATCH"})
  void with_the_meetings_own_tokens_sessions_are_managed_with_the_same_one(Action action)
      throws Exception {
    Principal owner = ask(ofMeeting(), action, "standup", "a.b.c");
    assertThat(ask(ofMeeting(), action, null, "a.b.c").identity()).isEqualTo(owner.identity());
    assertThat(ask(ofMeeting(), action, null, "d.e.f").identity()).isNotEqualTo(owner.identity());
    refused(ofMeeting(), action, null, null);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"a.b.c", "view", "pub"})
  void none_of_them_is_for_all_rooms(String token) throws Exception {
    refused(ofMeeting(), Action.LIST_ROOMS, null, token);
  }
}
