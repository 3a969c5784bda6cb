package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.JitsiMeet.BEARER;
import static io.github.jvbwhip.dropin.Peers.connected;
import static io.github.jvbwhip.dropin.Peers.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.xmpp.Person;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Publishers which all have one account, in the rooms of a real Jicofo. */
@RequiresJitsiMeet
class MeetingAccountsJvbTest {
  @Test
  void two_of_one_account_are_two_participants() throws Exception {
    String room = Peers.newRoom();
    try (JitsiMeet meet = JitsiMeet.withAccountsOrSkip();
        Person person = meet.join(room);
        TestPeer first = connected(meet.whip(room), OfferSpec.publisher(Codec.VP8), BEARER);
        TestPeer second =
            connected(
                meet.bridge().url("/whip/" + room + "/slides"),
                OfferSpec.publisher(Codec.VP8),
                BEARER);
        Person elsewhere = meet.join(room + "-2");
        TestPeer third =
            connected(meet.whip(room + "-2"), OfferSpec.publisher(Codec.VP8), BEARER)) {
      eventually("two publishers", person::others, who -> who.size() == 2);
      eventually("another one elsewhere", elsewhere::others, who -> who.size() == 1);
      List<String> all = person.others();
      assertThat(first.hangUp().status()).isEqualTo(200);
      eventually("one has left", person::others, who -> who.size() == 1 && all.containsAll(who));
      assertThat(second.hangUp().status()).isEqualTo(200);
      eventually("both have left", person::others, List::isEmpty);
      assertThat(elsewhere.others()).hasSize(1);
      assertThat(third.hangUp().status()).isEqualTo(200);
    }
  }
}
