package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.xmpp.MeetingSettings.NickSource;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jxmpp.jid.impl.JidCreate;

class NicknamesTest {
  private static final String ANONYMOUS = "0123abcd-1111-4222-8333-444455556666";

  private static String nick(NickSource source, int seed, String user, String room, String stream) {
    return new Nicknames(source, new Random(seed))
        .of(
            JidCreate.entityFullFromOrThrowUnchecked(user + "@meet.test/1"),
            new MeetingAddress(Meeting.jid(room), room, "", Optional.empty()),
            new StreamName(stream))
        .toString();
  }

  @ParameterizedTest
  @EnumSource
  void it_is_one_that_endpoints_can_have(NickSource source) {
    assertThat(nick(source, 1, "publisher", "standup", "obs")).matches("[0-9a-f]{8}");
  }

  @Test
  void an_anonymous_account_tells_it() {
    assertThat(nick(NickSource.ACCOUNT, 1, ANONYMOUS, "standup", "obs")).isEqualTo("0123abcd");
  }

  @Test
  void another_account_does_not() {
    assertThat(nick(NickSource.ACCOUNT, 1, "publisher", "standup", "obs"))
        .isNotEqualTo(nick(NickSource.ACCOUNT, 2, "publisher", "standup", "obs"));
  }

  @Test
  void chance_has_its_way_with_an_anonymous_account_too() {
    assertThat(nick(NickSource.RANDOM, 1, ANONYMOUS, "standup", "obs"))
        .isNotEqualTo("0123abcd")
        .isNotEqualTo(nick(NickSource.RANDOM, 2, ANONYMOUS, "standup", "obs"));
  }

  @Test
  void a_stream_has_the_same_one_in_a_room_always() {
    String nick = nick(NickSource.STREAM, 1, ANONYMOUS, "standup", "obs");
    assertThat(nick(NickSource.STREAM, 2, "publisher", "standup", "obs")).isEqualTo(nick);
    assertThat(nick(NickSource.STREAM, 1, ANONYMOUS, "other", "obs")).isNotEqualTo(nick);
    assertThat(nick(NickSource.STREAM, 1, ANONYMOUS, "standup", "slides")).isNotEqualTo(nick);
  }
}
