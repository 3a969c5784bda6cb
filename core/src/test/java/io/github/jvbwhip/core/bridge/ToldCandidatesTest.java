package io.github.jvbwhip.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ToldCandidatesTest {
  private final ToldCandidates told = new ToldCandidates();

  private static IceCandidate candidate(String address, int port, IceCandidate.Type type) {
    return new IceCandidate(
        "1", IceCandidate.Protocol.UDP, 1, address, port, type, Optional.empty());
  }

  private IceCandidate.Type type(String address, int port) {
    SelectedPair pair =
        new SelectedPair("192.0.2.1", 10000, address, port, IceCandidate.Protocol.UDP);
    return told.typed(pair).remoteType();
  }

  @Test
  void the_type_is_that_of_the_candidate_with_that_address_and_port() {
    told.add(
        List.of(
            candidate("10.0.0.2", 5000, IceCandidate.Type.HOST),
            candidate("198.51.100.7", 6000, IceCandidate.Type.SRFLX),
            candidate("203.0.113.1", 7000, IceCandidate.Type.RELAY)));

    assertThat(type("10.0.0.2", 5000)).isEqualTo(IceCandidate.Type.HOST);
    assertThat(type("198.51.100.7", 6000)).isEqualTo(IceCandidate.Type.SRFLX);
    assertThat(type("203.0.113.1", 7000)).isEqualTo(IceCandidate.Type.RELAY);
    assertThat(type("198.51.100.7", 6001)).as("another port").isEqualTo(IceCandidate.Type.PRFLX);
    assertThat(type("198.51.100.8", 6000)).as("another host").isEqualTo(IceCandidate.Type.PRFLX);
  }

  @Test
  void a_client_that_tells_thousands_is_not_remembered_for_ever() {
    for (int port = 1; port <= 1000; port++) {
      told.add(List.of(candidate("10.0.0.2", port, IceCandidate.Type.HOST)));
    }
    assertThat(type("10.0.0.2", 1)).isEqualTo(IceCandidate.Type.HOST);
    assertThat(type("10.0.0.2", 1000)).isEqualTo(IceCandidate.Type.PRFLX);
  }

  @Test
  void addresses_are_written_with_their_ports() {
    SelectedPair pair =
        new SelectedPair("192.0.2.1", 10000, "2001:db8::1", 5, IceCandidate.Protocol.UDP);
    assertThat(pair.local()).isEqualTo("192.0.2.1:10000");
    assertThat(pair.remote()).isEqualTo("[2001:db8::1]:5");
  }
}
