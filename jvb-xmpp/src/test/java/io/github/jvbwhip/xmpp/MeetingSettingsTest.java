package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jxmpp.jid.impl.JidCreate;

class MeetingSettingsTest {
  private final MeetingSettings settings = Meeting.accounts(5222, Duration.ofSeconds(1));

  @ParameterizedTest
  @CsvSource({
    "meet.test, true",
    "auth.meet.test, true",
    "avmoderation.meet.test, true",
    "conference.meet.test, true",
    "evil.test, false",
    "notmeet.test, false",
    "meet.test.evil.test, false",
    "somebody@meet.test, false",
    "meet.test/somebody, false"
  })
  void only_hosts_of_the_jitsi_meet_speak_for_it(String from, boolean heard) throws Exception {
    assertThat(settings.isHost(JidCreate.from(from))).isEqualTo(heard);
  }
}
