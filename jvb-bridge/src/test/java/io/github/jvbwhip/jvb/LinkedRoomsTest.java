package io.github.jvbwhip.jvb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.relay.RelayLink;
import io.github.jvbwhip.core.relay.RelayListener;
import io.github.jvbwhip.core.relay.RelayedStream;
import io.github.jvbwhip.core.relay.RoomSide;
import io.github.jvbwhip.core.relay.RoomUse;
import io.github.jvbwhip.jvb.fake.FakeConference;
import io.github.jvbwhip.jvb.fake.FakeRelay;
import io.github.jvbwhip.jvb.host.RelayedEndpoint;
import io.github.jvbwhip.jvb.scenario.RtpStream;
import io.github.jvbwhip.jvb.scenario.ScenarioMedia;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What one side of a link does, on the fake Jitsi Videobridge. */
class LinkedRoomsTest {
  private static final RoomName ROOM = new RoomName("demo");

  private final ScriptedRooms rooms = new ScriptedRooms();
  private final Ear ear = new Ear();

  private static final class Ear implements RelayListener {
    final List<RoomSide> told = new ArrayList<>();
    final List<String> ended = new ArrayList<>();

    @Override
    public void changed(RoomSide ours) {
      told.add(ours);
    }

    @Override
    public void ended(String detail) {
      ended.add(detail);
    }

    RoomSide last() {
      return told.get(told.size() - 1);
    }
  }

  private RelayLink begin(String id) {
    return rooms.opened(rooms.bridge.begin(ROOM, id, ear));
  }

  private List<RelayLink.Refusal> tell(RelayLink link, RelayedStream... streams) {
    return rooms.opened(link.tell(new RoomSide(0, List.of(streams))));
  }

  private static RelayedStream stream(String name, String endpointId, long... ssrcs) {
    List<RelayedStream.Source> sources = new ArrayList<>();
    for (int i = 0; i < ssrcs.length; i++) {
      sources.add(
          new RelayedStream.Source(
              endpointId + "-v" + i,
              List.of(
                  new RelayedStream.Encoding(
                      ssrcs[i], OptionalLong.empty(), Optional.empty(), true, 1, 640, 360, 0, 0)),
              0));
    }
    return new RelayedStream(
        new StreamName(name),
        Optional.empty(),
        endpointId,
        List.of(),
        List.of(new RelayedStream.Track(MediaKind.VIDEO, List.of(), true, false, sources)));
  }

  private FakeConference conference() {
    return rooms.host.conferences().get(0);
  }

  private FakeRelay relay(String id) {
    return conference().relays().stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void the_first_thing_told_is_that_nobody_is_there() {
    begin("one");

    assertThat(ear.told).containsExactly(RoomSide.EMPTY);
    assertThat(rooms.bridge.uses()).containsExactly(new RoomUse(ROOM, 0, 0, 1, 0));
  }

  @Test
  void an_endpoint_is_announced_changed_and_hidden_before_it_is_expired() {
    RelayLink link = begin("one");

    tell(link, stream("main", "aa", 1));
    tell(link, stream("main", "aa", 1, 2));
    tell(link, stream("main", "aa", 1, 2));
    List<Boolean> shownThen = new ArrayList<>();
    rooms.threads.holdCalls(true);
    CompletableFuture<List<RelayLink.Refusal>> last = link.tell(RoomSide.EMPTY);
    rooms.threads.run();
    shownThen.add(rooms.bridge.room(ROOM).isPresent());
    shownThen.add(relay("one").endpoints().isEmpty());
    rooms.threads.holdCalls(false);
    rooms.threads.run();

    assertThat(shownThen).containsExactly(false, false);
    assertThat(last).isCompletedWithValue(List.of());
    assertThat(relay("one").announcements())
        .extracting(RelayedEndpoint::change)
        .containsExactly(
            RelayedEndpoint.Change.NEW,
            RelayedEndpoint.Change.OTHER_SOURCES,
            RelayedEndpoint.Change.GONE);
  }

  @Test
  void what_has_come_over_one_link_is_told_over_the_others() {
    RelayLink one = begin("one");
    Ear other = new Ear();
    rooms.opened(rooms.bridge.begin(ROOM, "two", other));

    rooms.opened(one.tell(new RoomSide(3, List.of(stream("main", "aa", 1)))));

    assertThat(other.last().viewers()).isEqualTo(3);
    assertThat(other.last().streams()).containsExactly(stream("main", "aa", 1));
    assertThat(ear.told).containsExactly(RoomSide.EMPTY);
    one.close();
    rooms.threads.run();
    assertThat(other.last()).isEqualTo(RoomSide.EMPTY);
  }

  @Test
  void bitrates_alone_are_told_once_a_second() {
    ScriptedRooms.Publisher publisher = rooms.publisher("demo", "main", ScenarioMedia.video(2002));
    begin("one");
    RtpStream small = new RtpStream(2002, 300, 1, "");
    publisher.send(ScriptedRooms.SECOND.multipliedBy(3), small);
    int before = ear.told.size();

    RtpStream large = new RtpStream(2002, 1100, 1, "");
    publisher.send(ScriptedRooms.SECOND.multipliedBy(4), large);

    assertThat(ear.told.size() - before).isBetween(1, 5);
  }

  @Test
  void names_ids_and_ssrcs_belong_to_one_publisher_until_it_is_gone() {
    rooms.host.keepSsrcs();
    ScriptedRooms.Publisher publisher = rooms.publisher("demo", "main", ScenarioMedia.video(2002));
    RelayLink one = begin("one");
    RelayLink two = begin("two");

    assertThat(tell(one, stream("main", "aa", 1), stream("b", "bb", 2002), stream("c", "cc", 3)))
        .containsExactly(
            new RelayLink.Refusal("aa", RelayLink.Refusal.Why.STREAM_IN_USE),
            new RelayLink.Refusal("bb", RelayLink.Refusal.Why.SSRC_IN_USE));
    assertThat(tell(two, stream("c", "dd", 4), stream("e", "cc", 5), stream("f", "ff", 3)))
        .extracting(RelayLink.Refusal::why)
        .containsExactly(
            RelayLink.Refusal.Why.STREAM_IN_USE,
            RelayLink.Refusal.Why.STREAM_IN_USE,
            RelayLink.Refusal.Why.SSRC_IN_USE);
    assertThat(relay("two").endpoints()).isEmpty();

    one.close();
    publisher.endpoint.close();
    rooms.threads.pass(ScriptedRooms.SECOND);

    assertThat(relay("two").endpoints()).containsOnlyKeys("dd", "cc", "ff");
    assertThat(tell(two, stream("main", "aa", 2002))).isEmpty();
  }

  @Test
  void a_publisher_whose_name_has_come_over_a_link_is_refused() {
    RelayLink link = begin("one");
    tell(link, stream("main", "aa", 1));

    assertThatThrownBy(() -> rooms.publisher("demo", "main", ScenarioMedia.video(2002)))
        .hasCauseInstanceOf(BridgeException.class);
    tell(link);
    rooms.publisher("demo", "main", ScenarioMedia.video(2002));
  }

  @Test
  void a_link_given_up_while_it_is_allocated_is_freed() {
    rooms.threads.holdCalls(true);
    CompletableFuture<RelayLink> opening = rooms.bridge.begin(ROOM, "one", ear);
    rooms.threads.run();
    rooms.host.whileAllocating(conference -> opening.cancel(false));
    rooms.threads.holdCalls(false);
    rooms.threads.run();

    assertThat(rooms.host.conferences()).isEmpty();
    rooms.threads.pass(ScriptedRooms.SECOND.multipliedBy(2));
    assertThat(rooms.bridge.uses()).isEmpty();
  }

  @Test
  void a_link_that_the_bridge_refuses_leaves_nothing() {
    RelayLink first = begin("one");
    conference().refuse(new BridgeException(BridgeException.Reason.REFUSED, "No."));

    CompletableFuture<RelayLink> second = rooms.bridge.begin(ROOM, "two", ear);
    rooms.threads.run();

    assertThat(second).isCompletedExceptionally();
    first.close();
    rooms.threads.run();
    assertThat(rooms.host.conferences()).isEmpty();
  }

  @Test
  void a_closed_link_takes_nothing_and_closing_twice_is_nothing() {
    RelayLink link = begin("one");
    link.close();
    link.close();
    rooms.threads.run();

    assertThatThrownBy(() -> tell(link, stream("main", "aa", 1)))
        .hasCauseInstanceOf(BridgeException.class);
    assertThat(ear.ended).isEmpty();
    assertThat(rooms.bridge.uses()).isEmpty();
  }

  @Test
  void links_end_with_their_conference_and_with_the_bridge() {
    begin("one");
    conference().end();
    rooms.threads.pass(ScriptedRooms.SECOND);
    assertThat(ear.ended).containsExactly("the bridge has expired it");

    begin("two");
    rooms.bridge.close();
    assertThat(ear.ended).containsExactly("the bridge has expired it", "the bridge shuts down");
    assertThat(rooms.host.conferences()).isEmpty();
    assertThat(rooms.bridge.begin(ROOM, "three", ear)).isCompletedExceptionally();
  }

  @Test
  void a_meeting_is_not_linked_and_ends_the_links_of_its_room() {
    rooms.host.openForeign();
    begin("one");
    rooms.host.meeting("demo");
    rooms.threads.pass(ScriptedRooms.SECOND.multipliedBy(3));

    assertThat(ear.ended).containsExactly("a meeting has begun in this room");
    CompletableFuture<RelayLink> next = rooms.bridge.begin(ROOM, "two", ear);
    rooms.threads.run();
    assertThat(next).isCompletedExceptionally();
  }

  @Test
  void whoever_observes_uses_hears_of_those_who_come_and_go() {
    List<List<RoomUse>> heard = new ArrayList<>();
    var registration = rooms.bridge.observeUses(() -> heard.add(rooms.bridge.uses()));
    ScriptedRooms.Player player = rooms.player("demo");
    assertThat(heard.get(heard.size() - 1)).containsExactly(new RoomUse(ROOM, 0, 1, 0, 0));

    player.endpoint.close();
    rooms.threads.pass(ScriptedRooms.SECOND);
    assertThat(heard.get(heard.size() - 1)).isEmpty();

    registration.close();
    int before = heard.size();
    rooms.player("demo");
    assertThat(heard).hasSize(before);
  }

  @Test
  void both_sides_use_the_address_family_that_both_have() throws Exception {
    LocalTransport theirs =
        transport(List.of(candidate("192.0.2.7"), candidate("2001:db8::7")), Optional.empty());

    RelayLink link = rooms.opened(rooms.bridge.accept(ROOM, "one", theirs, ear));

    assertThat(relay("one").plan().remote().orElseThrow().candidates())
        .containsExactly(candidate("192.0.2.7"));
    assertThat(relay("one").plan().remote().orElseThrow().role()).isEqualTo(DtlsRole.PASSIVE);
    assertThat(link.localTransport().role()).contains(DtlsRole.ACTIVE);
    assertThat(link.localTransport().candidates())
        .allMatch(each -> each.address().indexOf(':') < 0);
    assertThat(relay("one").other().candidates()).containsExactly(candidate("192.0.2.7"));
  }

  @Test
  void a_bridge_with_one_family_uses_that_and_there_has_to_be_one() throws Exception {
    rooms.host.address("2001:db8::1");
    LocalTransport both =
        transport(List.of(candidate("192.0.2.7"), candidate("2001:db8::7")), Optional.empty());

    RelayLink link = rooms.opened(rooms.bridge.accept(ROOM, "one", both, ear));

    assertThat(link.localTransport().candidates())
        .extracting(IceCandidate::address)
        .containsExactly("2001:db8::1");
    assertThat(relay("one").other().candidates()).containsExactly(candidate("2001:db8::7"));
    RelayLink begun = begin("two");
    rooms.opened(begun.connect(link.localTransport()));
    assertThat(relay("two").other().candidates())
        .extracting(IceCandidate::address)
        .containsExactly("2001:db8::1");
    LocalTransport other = transport(List.of(candidate("192.0.2.7")), Optional.empty());
    assertThatThrownBy(() -> rooms.opened(rooms.bridge.accept(ROOM, "three", other, ear)))
        .hasRootCauseMessage("The bridges have no address family in common.");
    assertThat(conference().relays()).extracting(FakeRelay::id).containsOnly("one", "two");
  }

  @Test
  void what_is_withdrawn_while_the_bridge_is_told_is_not_shown_again() {
    RelayLink link = begin("one");
    tell(link, stream("main", "aa", 1));
    List<List<String>> seen = new ArrayList<>();
    var observing =
        rooms.bridge.observe(
            ROOM,
            snapshot ->
                seen.add(snapshot.streams().stream().map(each -> each.name().value()).toList()));
    rooms.threads.run();
    rooms.threads.holdCalls(true);
    var unused = link.tell(new RoomSide(0, List.of(stream("main", "aa", 1), stream("b", "bb", 2))));
    rooms.threads.run();
    var last = link.tell(new RoomSide(0, List.of(stream("main", "aa", 1))));
    rooms.threads.run();
    rooms.threads.holdCalls(false);
    rooms.threads.run();

    assertThat(last).isCompletedWithValue(List.of());
    assertThat(seen).isNotEmpty().containsOnly(List.of("main"));
    observing.close();
  }

  private static LocalTransport transport(List<IceCandidate> candidates, Optional<DtlsRole> role) {
    return new LocalTransport(
        new IceCredentials("theirs", "theirstheirstheirstheirs"),
        candidates,
        List.of(new Fingerprint("sha-256", "AB".concat(":CD".repeat(31)))),
        role);
  }

  private static IceCandidate candidate(String address) {
    return new IceCandidate(
        "1",
        IceCandidate.Protocol.UDP,
        1,
        address,
        10000,
        IceCandidate.Type.HOST,
        Optional.empty());
  }
}
