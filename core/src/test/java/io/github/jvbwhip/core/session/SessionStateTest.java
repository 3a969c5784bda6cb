package io.github.jvbwhip.core.session;

import static io.github.jvbwhip.core.session.SessionState.CONNECTED;
import static io.github.jvbwhip.core.session.SessionState.CONNECTING;
import static io.github.jvbwhip.core.session.SessionState.ENDED;
import static io.github.jvbwhip.core.session.SessionState.OFFERED;
import static io.github.jvbwhip.core.session.SessionState.OPENING;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionStateTest {
  @Test
  void opening_becomes_offered() {
    assertThat(OPENING.canBecome(OFFERED)).isTrue();
  }

  @Test
  void opening_becomes_connecting() {
    assertThat(OPENING.canBecome(CONNECTING)).isTrue();
  }

  @Test
  void opening_does_not_become_connected() {
    assertThat(OPENING.canBecome(CONNECTED)).isFalse();
  }

  @Test
  void offered_becomes_connecting() {
    assertThat(OFFERED.canBecome(CONNECTING)).isTrue();
  }

  @Test
  void offered_becomes_neither_opening_nor_connected() {
    assertThat(OFFERED.canBecome(OPENING)).isFalse();
    assertThat(OFFERED.canBecome(CONNECTED)).isFalse();
  }

  @Test
  void connecting_becomes_connected() {
    assertThat(CONNECTING.canBecome(CONNECTED)).isTrue();
  }

  @Test
  void connecting_does_not_go_back() {
    assertThat(CONNECTING.canBecome(OPENING)).isFalse();
    assertThat(CONNECTING.canBecome(OFFERED)).isFalse();
  }

  @Test
  void connected_does_not_go_back() {
    assertThat(CONNECTED.canBecome(OPENING)).isFalse();
    assertThat(CONNECTED.canBecome(OFFERED)).isFalse();
    assertThat(CONNECTED.canBecome(CONNECTING)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = SessionState.class,
      names = {"OPENING", "OFFERED", "CONNECTING", "CONNECTED"})
  void every_live_state_becomes_ended(SessionState state) {
    assertThat(state.canBecome(ENDED)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(SessionState.class)
  void ended_becomes_nothing_and_no_state_becomes_itself(SessionState state) {
    assertThat(ENDED.canBecome(state)).isFalse();
    assertThat(state.canBecome(state)).isFalse();
  }
}
