package io.github.jvbwhip.jvb.scenario;

import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.encodings;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.rid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.RecordingListener;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.rtp.RtpHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What happens in rooms: the same on the fake Jitsi Videobridge, by its own clock, and on a real
 * one.
 */
public abstract class RoomScenarios {
  private static final int LOUD = 10;
  private static final int QUIET = 80;

  private final RoomName room = new RoomName("scenario-" + UUID.randomUUID());
  private final List<ScenarioPeer> peers = new ArrayList<>();
  private Bridge bridge;

  /** A bridge of its own for each scenario, which closes it. */
  protected abstract Bridge createBridge() throws Exception;

  protected abstract ScenarioPeer newPeer() throws Exception;

  /** How many conferences the Jitsi Videobridge has. */
  protected abstract int conferences();

  /** It expires an endpoint, and tells nobody. */
  protected abstract void expire(String endpointId);

  /**
   * Waits until it is so, within the time that is usual; fails then.
   *
   * @param each done about fifty times a second meanwhile
   */
  protected abstract void await(String what, BooleanSupplier condition, Runnable each)
      throws Exception;

  @BeforeEach
  void open() throws Exception {
    bridge = createBridge();
  }

  @AfterEach
  void close() {
    bridge.close();
    peers.forEach(ScenarioPeer::close);
  }

  private void await(String what, BooleanSupplier condition) throws Exception {
    await(what, condition, () -> {});
  }

  private <E> E opened(CompletableFuture<E> opening) throws Exception {
    await("an answer", opening::isDone);
    try {
      return opening.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof BridgeException refused ? refused : e;
    }
  }

  private final class Publisher {
    final ScenarioPeer peer;
    final RecordingListener listener = new RecordingListener();
    final IngestEndpoint endpoint;

    Publisher(String stream, IngestMedia... media) throws Exception {
      peer = newPeer();
      peers.add(peer);
      IngestRequest request =
          new IngestRequest(room, new StreamName(stream), List.of(media), peer.transport());
      endpoint = opened(bridge.openIngest(request, listener));
      peer.connect(endpoint.localTransport());
      await("the publisher is connected", () -> endpoint.stats().connected());
    }
  }

  private final class Player {
    final ScenarioPeer peer;
    final RecordingListener listener = new RecordingListener();
    final EgressEndpoint endpoint;

    /** Of the stage. */
    Player() throws Exception {
      this(Optional.empty());
    }

    Player(String stream) throws Exception {
      this(Optional.of(new StreamName(stream)));
    }

    private Player(Optional<StreamName> stream) throws Exception {
      this(stream, ScenarioMedia.player());
    }

    Player(Optional<StreamName> stream, List<EgressMedia> sections) throws Exception {
      peer = newPeer();
      peers.add(peer);
      EgressRequest request =
          new EgressRequest(room, stream, sections, Optional.of(peer.transport()));
      endpoint = opened(bridge.openEgress(request, listener));
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

    /** Sound and pictures, without what the bridge sends to probe for bandwidth. */
    List<byte[]> media() {
      List<Long> declared = endpoint.sources().stream().map(SentSource::ssrc).toList();
      return peer.received().stream().filter(p -> declared.contains(RtpHeader.ssrc(p, 0))).toList();
    }
  }

  /** How many frames a camera may make where a second is allowed: more by a real clock. */
  protected int framesOfASecond() {
    return 50;
  }

  @Test
  void a_simulcast_is_learnt_and_shown_without_gaps_in_the_players_numbers() throws Exception {
    Player player = new Player();
    Publisher publisher = new Publisher("main", ScenarioMedia.simulcast("h", "m", "l"));
    Camera camera = new Camera(publisher.peer, encodings());

    await(
        "the largest encoding",
        () -> player.video().stream().filter(p -> RtpStream.mark(p) == 2).count() > 30,
        camera);

    List<byte[]> video = player.video();
    assertThat(video).allMatch(p -> RtpHeader.payloadType(p, 0) == ScenarioMedia.PLAYERS_VIDEO);
    List<Integer> numbers = video.stream().map(p -> RtpHeader.sequenceNumber(p, 0)).toList();
    assertThat(numbers)
        .isEqualTo(
            IntStream.range(0, numbers.size()).mapToObj(i -> numbers.get(0) + i & 0xFFFF).toList());
  }

  @Test
  void a_chosen_layer_is_asked_for_and_shown_and_an_unknown_one_refused() throws Exception {
    Publisher publisher = new Publisher("main", ScenarioMedia.simulcast("h", "m", "l"));
    Player player = new Player();
    Camera camera = new Camera(publisher.peer, encodings());
    await(
        "the largest encoding",
        () -> player.video().stream().filter(p -> RtpStream.mark(p) == 2).count() > 30,
        camera);
    int asked = publisher.peer.keyframesAsked().size();

    player.endpoint.selectLayer("1", rid("l"));

    await("it is asked for", () -> publisher.peer.keyframesAsked().size() > asked, camera);
    await(
        "the smallest encoding alone",
        () -> {
          List<byte[]> video = player.video();
          return video.size() > 20
              && video.subList(video.size() - 20, video.size()).stream()
                  .allMatch(p -> RtpStream.mark(p) == 0);
        },
        camera);
    assertThatThrownBy(() -> player.endpoint.selectLayer("1", rid("x")))
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> assertThat(e.reason()).isEqualTo(BridgeException.Reason.LAYER_UNAVAILABLE));
  }

  @Test
  void whoever_speaks_takes_the_stage_and_nobody_else_is_sent() throws Exception {
    Publisher one = new Publisher("one", ScenarioMedia.audio(2001), ScenarioMedia.video(2002));
    Publisher two = new Publisher("two", ScenarioMedia.audio(2101), ScenarioMedia.video(2102));
    Player player = new Player();
    Runnable first = speaking(one, new RtpStream(2001, 60, 1, ""), new RtpStream(2002, 300, 1, ""));
    Runnable second =
        speaking(two, new RtpStream(2101, 60, 2, ""), new RtpStream(2102, 300, 2, ""));
    Runnable both =
        () -> {
          first.run();
          second.run();
        };
    await("somebody is on the stage", () -> player.video().size() > 10, both);

    for (int speaker : new int[] {2, 1}) {
      loud = speaker;
      await(
          "publisher " + speaker + " alone, picture and sound",
          () -> {
            List<byte[]> all = player.media();
            return all.size() > 40
                && all.subList(all.size() - 40, all.size()).stream()
                    .allMatch(p -> RtpStream.mark(p) == speaker);
          },
          both);
    }
    assertThat(bridge.room(room).orElseThrow().stage()).contains(new StreamName("one"));
  }

  private int loud;
  private int syllables;

  private Runnable speaking(Publisher publisher, RtpStream sound, RtpStream picture) {
    Camera camera = new Camera(publisher.peer, picture);
    int own = publisher.endpoint == null ? 0 : sound.ssrc() == 2001 ? 1 : 2;
    return () -> {
      syllables++;
      boolean loudNow = loud == own && syllables / 12 % 2 == 0;
      publisher.peer.send(sound.sound(loudNow ? LOUD : QUIET));
      camera.run();
    };
  }

  @Test
  void several_tracks_of_a_publisher_are_shown_in_order() throws Exception {
    Publisher publisher =
        new Publisher(
            "main",
            ScenarioMedia.audio(2001),
            ScenarioMedia.video(2002),
            ScenarioMedia.track(MediaKind.AUDIO, "a2"),
            ScenarioMedia.track(MediaKind.VIDEO, "v2"));
    Player all = new Player(Optional.of(new StreamName("main")), ScenarioMedia.player(2, 2));
    Player first = new Player("main");
    Camera pictures =
        new Camera(
            publisher.peer,
            new RtpStream(2002, 300, 3, ""),
            RtpStream.ofSection("v2", 2004, 300, 4));
    RtpStream microphone = new RtpStream(2001, 60, 1, "");
    RtpStream system = RtpStream.ofSection("a2", 2003, 60, 2);
    Runnable media =
        () -> {
          publisher.peer.send(microphone.sound(LOUD));
          publisher.peer.send(system.sound());
          pictures.run();
        };

    for (int i = 0; i < 4; i++) {
      int section = i;
      await("section " + section, () -> all.section(section).size() > 30, media);
    }
    await(
        "a player with one of each",
        () -> first.section(0).size() > 30 && first.section(1).size() > 30,
        media);

    Player late = new Player(Optional.of(new StreamName("main")), ScenarioMedia.player(2, 2));
    await(
        "a late player's pictures",
        () -> late.section(2).size() > 20 && late.section(3).size() > 20,
        media);

    for (int section = 0; section < 4; section++) {
      int mark = section + 1;
      assertThat(all.section(section)).allMatch(packet -> RtpStream.mark(packet) == mark);
      assertThat(late.section(section)).allMatch(packet -> RtpStream.mark(packet) == mark);
    }
    assertThat(first.section(0)).allMatch(packet -> RtpStream.mark(packet) == 1);
    assertThat(first.section(1)).allMatch(packet -> RtpStream.mark(packet) == 3);
    assertThat(publisher.peer.keyframesAsked()).contains(2002L, 2004L).doesNotContain(2001L, 2003L);
  }

  @Test
  void further_sections_show_others_before_more_of_the_same() throws Exception {
    Publisher one =
        new Publisher("one", ScenarioMedia.video(2002), ScenarioMedia.track(MediaKind.VIDEO, "v2"));
    Publisher two =
        new Publisher("two", ScenarioMedia.video(2102), ScenarioMedia.track(MediaKind.VIDEO, "v2"));
    Player player = new Player(Optional.empty(), ScenarioMedia.player(0, 4));
    Camera first =
        new Camera(
            one.peer, new RtpStream(2002, 300, 0, ""), RtpStream.ofSection("v2", 2004, 300, 2));
    Camera second =
        new Camera(
            two.peer, new RtpStream(2102, 300, 1, ""), RtpStream.ofSection("v2", 2104, 300, 3));
    await("one", () -> player.section(0).size() > 10, first);
    Runnable both =
        () -> {
          first.run();
          second.run();
        };

    for (int i = 0; i < 4; i++) {
      int section = i;
      await("section " + section, () -> player.section(section).size() > 30, both);
    }

    for (int i = 0; i < 4; i++) {
      int section = i;
      assertThat(player.section(section)).allMatch(packet -> RtpStream.mark(packet) == section);
    }
  }

  @Test
  void publishers_with_the_same_ssrcs_are_told_apart() throws Exception {
    Publisher one = new Publisher("one", ScenarioMedia.video(2));
    Publisher two = new Publisher("two", ScenarioMedia.video(2));
    Player ofOne = new Player("one");
    Player ofTwo = new Player("two");
    Camera first = new Camera(one.peer, new RtpStream(2, 300, 1, ""));
    Camera second = new Camera(two.peer, new RtpStream(2, 300, 2, ""));
    Runnable both =
        () -> {
          first.run();
          second.run();
        };
    await("both pictures", () -> ofOne.video().size() > 50 && ofTwo.video().size() > 50, both);

    int asked = two.peer.keyframesAsked().size();
    Player late = new Player("two");
    await("a late player's picture", () -> late.video().size() > 20, both);

    assertThat(ofOne.video()).allMatch(p -> RtpStream.mark(p) == 1);
    assertThat(ofTwo.video()).allMatch(p -> RtpStream.mark(p) == 2);
    assertThat(late.video()).allMatch(p -> RtpStream.mark(p) == 2);
    assertThat(two.peer.keyframesAsked()).hasSizeGreaterThan(asked).containsOnly(2L);
  }

  @Test
  void an_encoder_that_begins_anew_with_another_ssrc_is_seen_within_a_second() throws Exception {
    Publisher publisher = new Publisher("main", ScenarioMedia.video(2002));
    Player player = new Player();
    await(
        "a picture",
        () -> player.video().size() > 10,
        new Camera(publisher.peer, new RtpStream(2002, 300, 4, "")));

    for (int run = 3; run > 0; run--) {
      int mark = run;
      Camera again = new Camera(publisher.peer, new RtpStream(2900 + run, 300, mark, ""));
      await(
          "run " + run,
          () -> player.video().stream().anyMatch(p -> RtpStream.mark(p) == mark),
          again);
      assertThat(again.frames())
          .as("frames before run %d is seen", run)
          .isLessThan(framesOfASecond());
      await(
          "much of run " + run,
          () -> player.video().stream().filter(p -> RtpStream.mark(p) == mark).count() > 150,
          again);
    }

    List<Integer> numbers =
        player.video().stream().map(p -> RtpHeader.sequenceNumber(p, 0)).toList();
    assertThat(numbers)
        .isEqualTo(
            IntStream.range(0, numbers.size()).mapToObj(i -> numbers.get(0) + i & 0xFFFF).toList());
  }

  @Test
  void a_simulcast_that_begins_anew_with_other_ssrcs_is_seen_within_a_second() throws Exception {
    Publisher publisher = new Publisher("main", ScenarioMedia.simulcast("h", "m", "l"));
    Player player = new Player();
    await(
        "the largest encoding",
        () -> player.video().stream().filter(p -> RtpStream.mark(p) == 2).count() > 30,
        new Camera(publisher.peer, encodings()));

    Camera again =
        new Camera(
            publisher.peer,
            new RtpStream(3101, 150, 3, "l"),
            new RtpStream(3102, 400, 4, "m"),
            new RtpStream(3103, 1000, 5, "h"));
    await("a picture", () -> player.video().stream().anyMatch(p -> RtpStream.mark(p) > 2), again);
    assertThat(again.frames()).as("frames before it is seen").isLessThan(framesOfASecond());
    await(
        "the largest encoding again",
        () -> player.video().stream().filter(p -> RtpStream.mark(p) == 5).count() > 30,
        again);
  }

  @Test
  void a_client_is_told_by_dtls_that_its_session_has_ended() throws Exception {
    Publisher publisher = new Publisher("main", ScenarioMedia.video(2002));
    Player player = new Player();

    publisher.endpoint.close();
    player.endpoint.close();

    await("the publisher knows", publisher.peer::isClosedByBridge);
    await("the player knows", player.peer::isClosedByBridge);
    assertThat(publisher.listener.calls()).containsExactly("connected");
  }

  @Test
  void a_client_that_closes_dtls_has_left() throws Exception {
    Publisher publisher = new Publisher("main", ScenarioMedia.video(2002));

    publisher.peer.close();

    await("its session ends", () -> publisher.listener.calls().size() > 1);
    assertThat(publisher.listener.calls()).containsExactly("connected", "ended DTLS_CLOSED");
    assertThat(bridge.room(room)).isEmpty();
  }

  @Test
  void what_the_bridge_expires_ends_and_its_conference_with_the_last_of_them() throws Exception {
    Publisher publisher = new Publisher("main", ScenarioMedia.video(2002));
    Player player = new Player();
    assertThat(conferences()).isEqualTo(1);

    expire(player.endpoint.id());
    await("the player's session ends", () -> player.listener.calls().contains("ended EXPIRED"));
    assertThat(conferences()).isEqualTo(1);
    expire(publisher.endpoint.id());
    await("the publisher's ends", () -> publisher.listener.calls().contains("ended EXPIRED"));
    await("the conference ends", () -> conferences() == 0);
  }

  @Test
  void a_conference_ends_with_its_last_session_and_the_next_one_has_another() throws Exception {
    Publisher publisher = new Publisher("main", ScenarioMedia.video(2002));
    publisher.endpoint.close();
    await("the conference ends", () -> conferences() == 0);

    Publisher next = new Publisher("main", ScenarioMedia.video(2002));

    assertThat(conferences()).isEqualTo(1);
    Player player = new Player();
    Camera camera = new Camera(next.peer, new RtpStream(2002, 300, 1, ""));
    await("a picture", () -> player.video().size() > 10, camera);
  }

  @Test
  void all_are_told_and_freed_when_the_bridge_closes() throws Exception {
    Publisher publisher = new Publisher("main", ScenarioMedia.video(2002));
    Player player = new Player();

    bridge.close();

    assertThat(publisher.listener.calls()).containsExactly("connected", "ended SHUTDOWN");
    assertThat(player.listener.calls()).containsExactly("connected", "ended SHUTDOWN");
    await("both know", () -> publisher.peer.isClosedByBridge() && player.peer.isClosedByBridge());
    assertThat(conferences()).isZero();
  }
}
