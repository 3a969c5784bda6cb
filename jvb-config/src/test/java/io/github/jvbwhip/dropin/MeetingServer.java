package io.github.jvbwhip.dropin;

import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.http.TestServer;
import io.github.jvbwhip.http.access.Authorizer;
import io.github.jvbwhip.http.composition.Composition;
import io.github.jvbwhip.http.runtime.PostListener;
import io.github.jvbwhip.jvb.JvbBridge;
import io.github.jvbwhip.jvb.fake.FakeConference;
import io.github.jvbwhip.jvb.fake.FakeHost;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import io.github.jvbwhip.whep.WhepPlugin;
import io.github.jvbwhip.whip.WhipPlugin;
import io.github.jvbwhip.xmpp.Prosody;
import io.github.jvbwhip.xmpp.XmppMeetings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.impl.JidCreate;

/** What the jar serves in the rooms of a real XMPP server, on the fake Jitsi Videobridge. */
final class MeetingServer implements AutoCloseable {
  /** How long a publisher may send nothing. */
  static final Duration MEDIA_TIMEOUT = Duration.ofSeconds(3);

  private final FakeHost host = new FakeHost(System::nanoTime);
  private final Composition composition = new Composition("test", PostListener.NONE);
  private final JvbBridge bridge;
  private final TestServer http;

  /**
   * @param jitsi the section of that name in the configuration, but for what is usual
   */
  MeetingServer(Prosody prosody, String jitsi) throws Exception {
    DropInConfig config =
        DropInConfig.read(
            ConfigFactory.parseString(
                    """
                    videobridge {
                      whip {
                        ice-servers = [ { urls = [ "stun:stun.test" ] } ]
                        enabled = true, auth.tokens = [ publisher ]
                        rate-limit.requests-per-second = 0, media-timeout = %d seconds
                        jitsi {
                          enabled = true, domain = meet.test
                          xmpp { host = 127.0.0.1, port = %d, security = disabled }
                          %s
                        }
                      }
                      whep {
                        ice-servers = ${videobridge.whip.ice-servers}
                        enabled = true, auth.tokens = [ other ], rate-limit.requests-per-second = 0 }
                    }
                    """
                        .formatted(MEDIA_TIMEOUT.toSeconds(), prosody.port(), jitsi))
                .withFallback(ConfigFactory.defaultReference())
                .resolve());
    MeetingConfig meetings = config.meetings().orElseThrow();
    XmppMeetings rooms =
        composition.add(new XmppMeetings(meetings.settings(), meetings.watch().audience()));
    bridge = new JvbBridge(host, Optional.of(rooms), meetings.watch().watching());
    composition.add(bridge);
    Authorizer authorizer = DropIn.authorizer(config, bridge, composition, rooms::signIn);
    composition.addPlugin(new WhipPlugin(bridge, config.whip(), authorizer, composition.runtime()));
    composition.addPlugin(new WhepPlugin(bridge, config.whep(), authorizer, composition.runtime()));
    http = composition.addServer(new TestServer(composition.mounts()));
  }

  static EntityBareJid jid(String room) {
    return JidCreate.entityBareFromOrThrowUnchecked(room + "@conference.meet.test");
  }

  /** The bridge has that room's meeting from now on, with somebody in it. */
  FakeConference begin(String room) {
    FakeConference conference = host.meeting(jid(room).toString());
    conference.join(FakeConference.sender("0badcafe"));
    return conference;
  }

  private static Map<String, String> bearer(String token) {
    return token.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + token);
  }

  /**
   * @param path below {@code /whip/}
   * @param token empty for none
   */
  Reply publish(String path, String token) {
    return post("/whip/" + path, OfferSpec.publisher(Codec.VP8), token);
  }

  Reply watch(String path, String token) {
    return post("/whep/" + path, OfferSpec.player(Codec.VP8), token);
  }

  private Reply post(String path, OfferSpec spec, String token) {
    try (TestPeer peer = TestPeer.open()) {
      return HttpSignalling.post(http.uri(path), peer.offer(spec), bearer(token));
    }
  }

  /** What is told to who asks what can be done there. */
  Reply options(String path, String token) {
    return HttpSignalling.send("OPTIONS", http.uri(path), "", "", bearer(token));
  }

  /** How many players are connected there. */
  int viewers(String room) {
    return bridge.room(new RoomName(room)).map(RoomSnapshot::viewers).orElse(0);
  }

  static Reply end(URI session, String token) {
    return HttpSignalling.delete(session, bearer(token));
  }

  @Override
  public void close() {
    composition.close();
  }
}
