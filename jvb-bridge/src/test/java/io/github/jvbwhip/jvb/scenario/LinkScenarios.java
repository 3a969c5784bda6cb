package io.github.jvbwhip.jvb.scenario;

import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.encodings;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.rid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.RecordingListener;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.core.relay.RelayBridge;
import io.github.jvbwhip.core.relay.RelayLink;
import io.github.jvbwhip.core.relay.RoomUse;
import io.github.jvbwhip.core.rtp.RtpHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens in rooms that are linked: the same between fake bridges and between real ones. */
public abstract class LinkScenarios {
  private static final int BRIDGES = 3;
  private static final int LOUD = 10;
  private static final int QUIET = 80;

  private final RoomName room = new RoomName("linked-" + UUID.randomUUID());
  private final List<ScenarioPeer> peers = new ArrayList<>();
  private final List<Bridge> bridges = new ArrayList<>();
  private int syllables;

  /** A bridge of its own for each scenario, which closes it; it is a {@link RelayBridge}, too. */
  protected abstract Bridge createBridge(int number) throws Exception;

  protected abstract ScenarioPeer newPeer(int number) throws Exception;

  /** How many conferences that Jitsi Videobridge has. */
  protected abstract int conferences(int number) throws Exception;

  /** It expires its side of a link, and tells nobody. */
  protected abstract void expireLink(int number, String id) throws Exception;

  /**
   * Waits until it is so, within the time that is usual; fails then.
   *
   * @param each done about fifty times a second meanwhile
   */
  protected abstract void await(String what, BooleanSupplier condition, Runnable each)
      throws Exception;

  @BeforeEach
  void open() throws Exception {
    for (int i = 0; i < BRIDGES; i++) {
      bridges.add(createBridge(i));
    }
  }

  @AfterEach
  void close() {
    bridges.forEach(Bridge::close);
    peers.forEach(ScenarioPeer::close);
  }

  private void await(String what, BooleanSupplier condition) throws Exception {
    await(what, condition, () -> {});
  }

  private <E> E done(CompletableFuture<E> future) throws Exception {
    await("an answer", future::isDone);
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof BridgeException refused ? refused : e;
    }
  }

  private RelayBridge relays(int bridge) {
    return (RelayBridge) bridges.get(bridge);
  }

  private final class Publisher {
    final ScenarioPeer peer;
    final RecordingListener listener = new RecordingListener();
    final IngestEndpoint endpoint;

    Publisher(int bridge, String stream, IngestMedia... media) throws Exception {
      peer = newPeer(bridge);
      peers.add(peer);
      IngestRequest request =
          new IngestRequest(room, new StreamName(stream), List.of(media), peer.transport());
      endpoint = done(bridges.get(bridge).openIngest(request, listener));
      peer.connect(endpoint.localTransport());
      await("the publisher is connected", () -> endpoint.stats().connected());
    }
  }

  private final class Player {
    final ScenarioPeer peer;
    final RecordingListener listener = new RecordingListener();
    final EgressEndpoint endpoint;

    Player(int bridge) throws Exception {
      peer = newPeer(bridge);
      peers.add(peer);
      EgressRequest request =
          new EgressRequest(
              room, Optional.empty(), ScenarioMedia.player(), Optional.of(peer.transport()));
      endpoint = done(bridges.get(bridge).openEgress(request, listener));
      peer.connect(endpoint.localTransport());
      await("the player is connected", () -> endpoint.stats().connected());
    }

    List<byte[]> video() {
      return section(1);
    }

    List<byte[]> section(int index) {
      long declared = endpoint.sources().get(index).ssrc();
      return peer.received().stream().filter(p -> RtpHeader.ssrc(p, 0) == declared).toList();
    }

    boolean sees(int mark) {
      List<byte[]> video = video();
      return video.size() > 20
          && video.subList(video.size() - 20, video.size()).stream()
              .allMatch(p -> RtpStream.mark(p) == mark);
    }
  }

  /** A link that a leaf has begun. */
  private final class Joined {
    final TestLink leafSide = new TestLink();
    final TestLink homeSide = new TestLink();
    final RelayLink leaf;
    final RelayLink home;

    Joined(int leafBridge, int homeBridge) throws Exception {
      String id = UUID.randomUUID().toString();
      leaf = done(relays(leafBridge).begin(room, id, leafSide));
      home = done(relays(homeBridge).accept(room, id, leaf.localTransport(), homeSide));
      homeSide.handTo(leaf);
      leafSide.handTo(home);
      done(leaf.connect(home.localTransport()));
    }

    void awaitUp() throws Exception {
      await("the link is up", () -> leaf.stats().connected() && home.stats().connected());
    }

    void close() {
      leaf.close();
      home.close();
    }
  }

  private RoomSnapshot snapshot(int bridge) {
    return bridges.get(bridge).room(room).orElse(RoomSnapshot.empty(room));
  }

  private Optional<StreamSnapshot> stream(int bridge, String name) {
    return snapshot(bridge).stream(new StreamName(name));
  }

  private void awaitNothingLeft() throws Exception {
    for (int i = 0; i < BRIDGES; i++) {
      int bridge = i;
      await(
          "nothing is left on bridge " + bridge,
          () -> {
            try {
              return conferences(bridge) == 0 && relays(bridge).uses().isEmpty();
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  @Test
  void a_player_that_waits_sees_what_another_bridge_has_as_soon_as_they_are_linked()
      throws Exception {
    Player player = new Player(1);
    Publisher publisher = new Publisher(0, "main", ScenarioMedia.video(2002));
    Camera camera = new Camera(publisher.peer, new RtpStream(2002, 300, 1, ""));
    await("it sends", () -> stream(0, "main").filter(StreamSnapshot::isLive).isPresent(), camera);

    Joined link = new Joined(1, 0);
    await("a picture", () -> player.sees(1), camera);

    assertThat(publisher.peer.keyframesAsked()).contains(2002L);
    assertThat(stream(1, "main")).isPresent();
    await("the player is counted", () -> snapshot(0).viewers() == 1, camera);
    assertThat(snapshot(1).viewers()).isEqualTo(1);
    assertThat(relays(1).uses()).containsExactly(new RoomUse(room, 0, 1, 1, 1));
    assertThat(relays(0).uses()).containsExactly(new RoomUse(room, 1, 0, 1, 1));
    link.close();
    publisher.endpoint.close();
    player.endpoint.close();
    awaitNothingLeft();
  }

  @Test
  void over_two_hops_layers_are_told_and_chosen_and_viewers_counted() throws Exception {
    Publisher publisher = new Publisher(0, "main", ScenarioMedia.simulcast("h", "m", "l"));
    Camera camera = new Camera(publisher.peer, encodings());
    Joined first = new Joined(1, 0);
    Joined second = new Joined(2, 1);
    Player near = new Player(1);
    Player far = new Player(2);

    await("the largest encoding", () -> near.sees(2) && far.sees(2), camera);
    await(
        "all of its layers are known",
        () ->
            stream(2, "main")
                .filter(s -> s.layers().stream().filter(l -> l.bitrate() > 0).count() == 3)
                .isPresent(),
        camera);
    assertThat(stream(2, "main").orElseThrow().layers())
        .extracting(layer -> layer.rid().orElse(""))
        .containsExactly("h", "m", "l");
    await("both are counted", () -> snapshot(0).viewers() == 2, camera);
    assertThat(snapshot(1).viewers()).isEqualTo(2);
    assertThat(snapshot(2).viewers()).isEqualTo(2);

    far.endpoint.selectLayer("1", rid("l"));
    await("the smallest encoding", () -> far.sees(0), camera);
    assertThat(near.sees(2)).isTrue();

    far.endpoint.close();
    await("it is counted no more", () -> snapshot(0).viewers() == 1, camera);
    assertThat(first.homeSide.refused()).isEmpty();
    assertThat(second.homeSide.refused()).isEmpty();
    second.close();
    first.close();
    near.endpoint.close();
    publisher.endpoint.close();
    awaitNothingLeft();
  }

  @Test
  void what_a_leaf_publishes_is_seen_at_home_and_on_the_other_leaf() throws Exception {
    Joined one = new Joined(1, 0);
    Joined two = new Joined(2, 0);
    Publisher publisher =
        new Publisher(1, "leaf", ScenarioMedia.audio(2001), ScenarioMedia.video(2002));
    Camera camera = new Camera(publisher.peer, new RtpStream(2002, 300, 1, ""));
    RtpStream sound = new RtpStream(2001, 60, 2, "");
    Runnable media =
        () -> {
          camera.run();
          publisher.peer.send(sound.sound(LOUD));
        };
    Player home = new Player(0);
    Player leaf = new Player(2);

    await("a picture at home", () -> home.sees(1), media);
    await("a picture on the other leaf", () -> leaf.sees(1), media);
    await("sound", () -> home.section(0).size() > 20 && leaf.section(0).size() > 20, media);

    publisher.endpoint.close();
    await("it is seen to go", () -> stream(0, "leaf").isEmpty() && stream(2, "leaf").isEmpty());
    assertThat(home.listener.calls()).containsExactly("connected");
    home.endpoint.close();
    leaf.endpoint.close();
    one.close();
    two.close();
    awaitNothingLeft();
  }

  @Test
  void whoever_speaks_takes_the_stage_on_whichever_bridge() throws Exception {
    Publisher one = new Publisher(0, "one", ScenarioMedia.audio(2001), ScenarioMedia.video(2002));
    Publisher two = new Publisher(1, "two", ScenarioMedia.audio(2101), ScenarioMedia.video(2102));
    new Joined(1, 0).awaitUp();
    Player player = new Player(1);
    Camera first = new Camera(one.peer, new RtpStream(2002, 300, 1, ""));
    Camera second = new Camera(two.peer, new RtpStream(2102, 300, 2, ""));
    RtpStream firstSound = new RtpStream(2001, 60, 1, "");
    RtpStream secondSound = new RtpStream(2101, 60, 2, "");

    for (int speaker : new int[] {2, 1, 2}) {
      await(
          "publisher " + speaker + " is on the stage",
          () -> player.sees(speaker),
          () -> {
            boolean syllable = syllables++ / 12 % 2 == 0;
            one.peer.send(firstSound.sound(speaker == 1 && syllable ? LOUD : QUIET));
            two.peer.send(secondSound.sound(speaker == 2 && syllable ? LOUD : QUIET));
            first.run();
            second.run();
          });
    }
  }

  @Test
  void a_link_that_is_made_again_goes_on_in_the_same_session() throws Exception {
    Publisher publisher = new Publisher(0, "main", ScenarioMedia.simulcast("h", "m", "l"));
    Camera camera = new Camera(publisher.peer, encodings());
    Player player = new Player(1);
    Joined link = new Joined(1, 0);
    await("a picture", () -> player.sees(2), camera);

    link.close();
    await("the stream is gone", () -> stream(1, "main").isEmpty(), camera);
    int before = player.video().size();
    new Joined(1, 0);

    await("a picture again", () -> player.video().size() > before + 50, camera);
    await("the largest encoding again", () -> player.sees(2), camera);
    assertThat(player.listener.calls()).containsExactly("connected");
  }

  @Test
  void a_name_is_taken_by_whoever_had_it_first() throws Exception {
    Publisher here = new Publisher(1, "main", ScenarioMedia.video(2002));
    Publisher there = new Publisher(0, "main", ScenarioMedia.video(2102));
    Joined link = new Joined(1, 0);

    await("one is refused", () -> !link.homeSide.refused().isEmpty());
    assertThat(link.homeSide.refused())
        .containsExactly(
            new RelayLink.Refusal(there.endpoint.id(), RelayLink.Refusal.Why.STREAM_IN_USE));
    relays(0)
        .endPublisher(room, there.endpoint.id(), EndReason.EXPIRED, "its name is taken elsewhere");
    await("it is ended", () -> there.listener.calls().contains("ended EXPIRED"));

    await("the other one is there", () -> stream(0, "main").isPresent());
    assertThatThrownBy(() -> new Publisher(0, "main", ScenarioMedia.video(2202)))
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> assertThat(e.reason()).isEqualTo(BridgeException.Reason.STREAM_IN_USE));
    here.endpoint.close();
    await("its name is free", () -> stream(0, "main").isEmpty());
    new Publisher(0, "main", ScenarioMedia.video(2202));
    await("the next one is seen", () -> stream(1, "main").isPresent());
  }

  @Test
  void an_encoder_that_begins_anew_is_seen_over_a_link() throws Exception {
    Publisher publisher = new Publisher(0, "main", ScenarioMedia.video(2002));
    Player player = new Player(1);
    new Joined(1, 0);
    await(
        "a picture",
        () -> player.sees(1),
        new Camera(publisher.peer, new RtpStream(2002, 300, 1, "")));

    await(
        "a picture again",
        () -> player.sees(2),
        new Camera(publisher.peer, new RtpStream(2902, 300, 2, "")));
  }

  @Test
  void a_link_that_the_bridge_expires_has_ended() throws Exception {
    Publisher publisher = new Publisher(0, "main", ScenarioMedia.video(2002));
    Joined link = new Joined(1, 0);
    await("the stream is known", () -> stream(1, "main").isPresent());

    expireLink(1, link.leaf.id());

    await("it has ended", () -> !link.leafSide.ends().isEmpty());
    await("its stream is gone", () -> stream(1, "main").isEmpty());
    assertThat(link.leafSide.ends()).hasSize(1);
    link.close();
    publisher.endpoint.close();
    awaitNothingLeft();
  }

  private long longest;
  private long before;
  private int answers;

  @Test
  void a_link_over_which_nobody_sends_is_known_to_live() throws Exception {
    new Publisher(0, "main", ScenarioMedia.video(2002));
    Joined link = new Joined(1, 0);
    link.awaitUp();

    await(
        "answers to checks",
        () -> {
          long idle = link.leaf.stats().idleNanos();
          answers += idle < before ? 1 : 0;
          longest = Math.max(longest, idle);
          before = idle;
          return answers > 3;
        });
    assertThat(longest).isLessThan(TimeUnit.SECONDS.toNanos(10));
  }

  @Test
  void a_side_whose_other_one_is_gone_knows_how_long_nothing_has_come() throws Exception {
    Publisher publisher = new Publisher(0, "main", ScenarioMedia.video(2002));
    Camera camera = new Camera(publisher.peer, new RtpStream(2002, 300, 1, ""));
    Player player = new Player(1);
    Joined link = new Joined(1, 0);
    await("a picture", () -> player.sees(1), camera);
    assertThat(link.leaf.stats().idleNanos()).isLessThan(TimeUnit.SECONDS.toNanos(1));
    assertThat(link.leaf.stats().packetsReceived()).isPositive();
    assertThat(link.home.stats().packetsSent())
        .isGreaterThanOrEqualTo(link.leaf.stats().packetsReceived() / 2);

    bridges.get(0).close();

    assertThat(link.homeSide.ends()).hasSize(1);
    await(
        "nothing comes any more",
        () -> link.leaf.stats().idleNanos() > TimeUnit.SECONDS.toNanos(4));
    assertThat(link.leafSide.ends()).isEmpty();
    assertThat(player.listener.calls()).containsExactly("connected");
    link.leaf.close();
    await("its stream is gone", () -> stream(1, "main").isEmpty());
    player.endpoint.close();
    awaitNothingLeft();
  }
}
