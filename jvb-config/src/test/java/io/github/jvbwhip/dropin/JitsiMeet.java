package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.Peers.eventually;

import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.network.FreePort;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.xmpp.Person;
import io.github.jvbwhip.xmpp.Prosody;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.jxmpp.jid.impl.JidCreate;

/** A Jitsi Meet of processes of its own: XMPP server, Jicofo, and a bridge with the plugin. */
public final class JitsiMeet implements AutoCloseable {
  /** What publishers and players sign in with. */
  public static final String TOKEN = "test-token";

  /** The same as a request header. */
  public static final Map<String, String> BEARER = Map.of("Authorization", "Bearer " + TOKEN);

  /** Jicofo and the bridge find each other at their leisure, also after a restart. */
  private static final Duration AT_LEISURE = Duration.ofSeconds(120);

  /** What is configured of a bridge's meetings, for {@link #configuration}. */
  static final String MEETINGS =
      "foreign-conferences = true, jitsi { enabled = true, domain = meet.test"
          + ", xmpp { host = 127.0.0.1, port = %1$d, security = disabled } }";

  private static final String WATCHED =
      "jitsi { enabled = true, domain = meet.test"
          + ", xmpp { host = 127.0.0.1, port = %1$d, security = disabled }"
          + ", watch { enabled = true, tokens { \"*\" = [ %3$s ] } } }";

  private static final String ACCOUNTS =
      "foreign-conferences = true, jitsi { enabled = true, domain = auth.meet.test, muc-domain = conference.meet.test"
          + ", focus = focus.meet.test, focus-user = \"focus@auth.meet.test\""
          + ", auth { mode = account, user = publisher, password = %2$s }"
          + ", xmpp { host = 127.0.0.1, port = %1$d, security = disabled } }";

  private static final String WEB_SOCKET =
      "foreign-conferences = true, jitsi { enabled = true, domain = meet.test"
          + ", xmpp.websocket-url = \"%5$s\" }";

  private final Path jicofoHome;
  private final String managing;
  private final Prosody prosody;
  private final JvbProcess bridge;
  private JicofoProcess jicofo;

  private JitsiMeet(Path jicofoHome, String meetings, String managing, IntUnaryOperator way)
      throws Exception {
    this.jicofoHome = jicofoHome;
    this.managing = managing;
    this.prosody = Prosody.start();
    this.jicofo = startJicofo();
    try {
      this.bridge =
          JvbProcess.start(
              JvbHome.orSkip(),
              Optional.of(JvbProcess.dropInJar()),
              configuration(prosody, "jvb1", meetings, way.applyAsInt(prosody.port())));
    } catch (Exception e) {
      try (Prosody server = prosody) {
        jicofo.close();
      }
      throw e;
    }
  }

  /** Starts one, with anonymous publishers, where all of it is installed; it lets them in. */
  public static JitsiMeet startOrSkip() throws Exception {
    return startOrSkip(MEETINGS, "");
  }

  /** The same where players watch meetings as participants see them, and only meetings. */
  public static JitsiMeet watchedOrSkip() throws Exception {
    return startOrSkip(WATCHED, "");
  }

  /** The same where all publishers have one account. */
  static JitsiMeet withAccountsOrSkip() throws Exception {
    return startOrSkip(ACCOUNTS, "");
  }

  /** The same with other codecs than usual. */
  static JitsiMeet withCodecsOrSkip(String codecs) throws Exception {
    return startOrSkip(MEETINGS, "codec { " + codecs + " }");
  }

  /** The same where they come over WebSocket. */
  static JitsiMeet overWebSocketOrSkip() throws Exception {
    return startOrSkip(WEB_SOCKET, "");
  }

  /**
   * The same where they do not come straight to the XMPP server.
   *
   * @param way the port that they go to, by the server's
   */
  static JitsiMeet startOrSkip(IntUnaryOperator way) throws Exception {
    return startOrSkip(MEETINGS, "", way);
  }

  private static JitsiMeet startOrSkip(String meetings, String managing) throws Exception {
    return startOrSkip(meetings, managing, port -> port);
  }

  private static JitsiMeet startOrSkip(String meetings, String managing, IntUnaryOperator way)
      throws Exception {
    Path home = JicofoProcess.homeOrSkip();
    Assumptions.assumeTrue(Prosody.isInstalled(), RequiresJitsiMeet.PROSODY_MISSING);
    JitsiMeet meet = new JitsiMeet(home, meetings, managing, way);
    meet.awaitReady();
    return meet;
  }

  /**
   * What a bridge is configured with.
   *
   * @param name its own among the bridges
   * @param meetings what the plugin is told about meetings
   * @param publishers the port of the XMPP server that the plugin goes to
   */
  static String configuration(Prosody prosody, String name, String meetings, int publishers)
      throws IOException {
    return """
        videobridge {
          apis.xmpp-client.configs.test {
            hostname = 127.0.0.1, port = %1$d, domain = auth.meet.test, username = jvb
            password = %2$s, muc_jids = "jvbbrewery@internal.auth.meet.test", muc_nickname = ${name}
            SECURITY_MODE = disabled
          }
          # What a web client and its bridge tell each other.
          http-servers.public { host = 127.0.0.1, port = %4$d }
          websockets { enabled = true, domain = "127.0.0.1:%4$d", tls = false, server-id = ${name} }
          whip {
            # All of a test come from one address, and some never connect.
            enabled = true, auth.tokens = [ %3$s ], max-connecting-per-address = 0
            ${meetings}
          }
          whep { enabled = true, auth.tokens = [ %3$s ] }
        }
        """
        .replace("${meetings}", meetings.replace("%1$d", Integer.toString(publishers)))
        .replace("${name}", name)
        .formatted(prosody.port(), Prosody.PASSWORD, TOKEN, FreePort.find(), prosody.webSocket());
  }

  /** Waits until publishers are let in. */
  public void awaitReady() throws Exception {
    eventually(
        AT_LEISURE,
        "publishers are let in",
        () -> {
          try (Person person = join("warm-up");
              TestPeer publisher = TestPeer.open()) {
            int status = publish(publisher, "warm-up");
            if (status == 201) {
              publisher.hangUp();
            }
            return person.isIn() && status == 201;
          } catch (Exception e) {
            return false; // Not yet.
          }
        });
  }

  /** The bridge. */
  public JvbProcess bridge() {
    return bridge;
  }

  /** Where web clients sign in. */
  public URI webSocket() {
    return prosody.webSocket();
  }

  /** Somebody joins a room. */
  Person join(String room) throws Exception {
    return Person.join(
        prosody, JidCreate.entityBareFrom(room + "@conference.meet.test"), "0badcafe");
  }

  /** Publishes; the status of the answer. */
  int publish(TestPeer publisher, String room) {
    return publisher.connect(whip(room), OfferSpec.publisher(Codec.VP8), BEARER).status();
  }

  /** Where a room is published into. */
  public URI whip(String room) {
    return bridge.url("/whip/" + room + "/obs");
  }

  /** Where a room is watched. */
  public URI whep(String room) {
    return bridge.url("/whep/" + room);
  }

  /** Jicofo ends, and another one begins. */
  void restartJicofo() throws IOException {
    jicofo.close();
    jicofo = startJicofo();
  }

  private JicofoProcess startJicofo() throws IOException {
    return JicofoProcess.start(jicofoHome, prosody.port(), Prosody.PASSWORD, managing);
  }

  /** The XMPP server ends by a fault, and begins anew. */
  void restartServer() throws IOException {
    prosody.stop();
    prosody.run();
  }

  @Override
  public void close() {
    try (Prosody server = prosody;
        JicofoProcess manager = jicofo) {
      bridge.close();
    }
  }
}
