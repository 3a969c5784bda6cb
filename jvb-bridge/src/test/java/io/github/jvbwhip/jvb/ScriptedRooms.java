package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.PublisherLimits;
import io.github.jvbwhip.core.bridge.RecordingListener;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.jvb.fake.FakeEgress;
import io.github.jvbwhip.jvb.fake.FakeEndpoint;
import io.github.jvbwhip.jvb.fake.FakeHost;
import io.github.jvbwhip.jvb.fake.FakeIngest;
import io.github.jvbwhip.jvb.fake.FakePeer;
import io.github.jvbwhip.jvb.host.EgressLink;
import io.github.jvbwhip.jvb.host.Meetings;
import io.github.jvbwhip.jvb.scenario.RtpStream;
import io.github.jvbwhip.jvb.scenario.ScenarioMedia;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Rooms on the fake Jitsi Videobridge, in which time passes when the test says so. */
final class ScriptedRooms {
  static final Duration SECOND = Duration.ofSeconds(1);

  final ScriptedThreads threads = new ScriptedThreads();
  final FakeHost host = new FakeHost(threads::nanoTime);
  final JvbBridge bridge;

  ScriptedRooms() {
    this(null);
  }

  /**
   * @param meetings where publishers are participants; null where rooms are the plugin's own
   */
  ScriptedRooms(@Nullable Meetings meetings) {
    this(meetings, Watching.CLOSED);
  }

  ScriptedRooms(@Nullable Meetings meetings, Watching watching) {
    bridge =
        new JvbBridge(
            host,
            Optional.ofNullable(meetings),
            watching,
            threads,
            new CallBounds(),
            new Random(1));
  }

  IngestRequest ingest(String room, String stream, IngestMedia... media) {
    return new IngestRequest(
        new RoomName(room), new StreamName(stream), List.of(media), new FakePeer(host).transport());
  }

  EgressRequest egress(String room) {
    return egress(room, null, null);
  }

  /**
   * @param stream null for the stage
   * @param token null for none
   */
  EgressRequest egress(String room, @Nullable String stream, @Nullable String token) {
    return new EgressRequest(
        new RoomName(room),
        Optional.ofNullable(stream).map(StreamName::new),
        ScenarioMedia.player(),
        Optional.of(new FakePeer(host).transport()),
        Optional.ofNullable(token));
  }

  <E> E opened(CompletableFuture<E> opening) {
    threads.run();
    return opening.join();
  }

  /** A publisher of pictures whose media can flow. */
  Publisher publisher(String room, String stream, IngestMedia... media) {
    return new Publisher(ingest(room, stream, media));
  }

  /** The same of one that may not send as much as it likes. */
  Publisher publisher(String room, String stream, PublisherLimits limits, IngestMedia... media) {
    return new Publisher(ingest(room, stream, media).withLimits(limits));
  }

  /** A player whose media can flow. */
  Player player(String room) {
    RecordingListener listener = new RecordingListener();
    return player(bridge.openEgress(egress(room), listener), listener);
  }

  /** The same of one that is being opened. */
  Player player(CompletableFuture<EgressEndpoint> opening, RecordingListener listener) {
    return new Player(opened(opening), listener);
  }

  final class Publisher {
    final RecordingListener listener = new RecordingListener();
    final IngestEndpoint endpoint;
    final FakeEndpoint fake;

    Publisher(IngestRequest request) {
      endpoint = opened(bridge.openIngest(request, listener));
      fake = host.endpoint(endpoint.id());
      FakePeer peer = new FakePeer(host);
      peer.connect(endpoint.localTransport());
      threads.pass(SECOND);
    }

    FakeIngest link() {
      return Objects.requireNonNull(fake.ingest());
    }

    /** Sends for so long; a keyframe of each stream first, and twice a second. */
    void send(Duration time, RtpStream... streams) {
      for (long i = 0; i < time.toMillis() / 20; i++) {
        for (RtpStream stream : streams) {
          link().receive(stream.frame(i % 25 == 0));
        }
        threads.pass(Duration.ofMillis(20));
      }
    }
  }

  final class Player {
    final RecordingListener listener;
    final EgressEndpoint endpoint;
    final FakeEndpoint fake;

    private Player(EgressEndpoint endpoint, RecordingListener listener) {
      this.endpoint = endpoint;
      this.listener = listener;
      fake = host.endpoint(endpoint.id());
      FakePeer peer = new FakePeer(host);
      peer.connect(endpoint.localTransport());
      threads.pass(SECOND);
    }

    FakeEgress link() {
      return Objects.requireNonNull(fake.egress());
    }

    /** The video sources that the bridge was asked for last. */
    List<String> wanted() {
      List<List<EgressLink.Video>> asked = link().asked();
      return asked.isEmpty()
          ? List.of()
          : asked.get(asked.size() - 1).stream().map(v -> v.source()).toList();
    }
  }
}
