package io.github.jvbwhip.conformance.client;

import io.github.jvbwhip.conformance.Target;
import io.github.jvbwhip.testpeer.MediaSender;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A live publisher for those who watch, shared by checks. Without a WHIP endpoint it does nothing:
 * somebody else has to publish then. For one thread.
 */
public final class Studio implements AutoCloseable {
  /** A keyframe a second: players need not ask for one. */
  private static final VideoSettings VIDEO = VideoSettings.defaults().withKeyframeInterval(30);

  private record Live(TestPeer peer, Optional<URI> session) {}

  private final Target target;
  private final HttpCaller http;
  private @Nullable Live live;

  /** Once publishing has failed, it is not tried again: each attempt costs a time-out. */
  private boolean broken;

  public Studio(Target target, HttpCaller http) {
    this.target = target;
    this.http = http;
  }

  /** Publishes, if nothing is published yet; returns when media flows. */
  void start() {
    if (live != null && live.peer.failure().isEmpty() && !live.peer.isClosedByRemote()) {
      return;
    }
    stop();
    if (target.whip().isEmpty()) {
      return;
    }
    NotApplicable.unless(!broken, "nothing could be published, as another check told");
    broken = true;
    publish(target.whip().get());
    broken = false;
  }

  private void publish(URI endpoint) {
    TestPeer peer = TestPeer.open(Peers.optionsTowards(endpoint));
    Exchange created = http.send(Call.post(endpoint, Peers.publisherOffer(peer)));
    live = new Live(peer, created.location());
    peer.acceptAnswer(created.expect(201).body());
    send(peer, VIDEO, target.soon());
  }

  /** Sends audio and video as soon as the peer is connected; returns when some went out. */
  public static void send(TestPeer peer, VideoSettings settings, Duration patience) {
    peer.awaitConnected(patience);
    peer.audio().start();
    MediaSender video = peer.video(settings);
    video.start();
    peer.await("frames sent", patience, () -> video.frames() > 2);
  }

  /** Ends what is published. */
  void stop() {
    Live ended = live;
    if (ended != null) {
      live = null;
      ended.session.ifPresent(url -> http.send(Call.of("DELETE", url)));
      ended.peer.close();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
