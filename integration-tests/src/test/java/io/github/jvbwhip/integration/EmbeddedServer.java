package io.github.jvbwhip.integration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.embedded.EmbeddedBridge;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.standalone.Standalone;
import io.github.jvbwhip.standalone.StartupException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The product on the embedded bridge, in this JVM, on free ports. */
public final class EmbeddedServer implements ServerUnderTest {
  private final Standalone standalone;

  private EmbeddedServer(Standalone standalone) {
    this.standalone = standalone;
  }

  /** Starts with the default configuration. */
  public static EmbeddedServer start() {
    return start(Map.of());
  }

  /** Starts with these configuration keys on top. */
  public static EmbeddedServer start(Map<String, ?> settings) {
    return startOn(0, settings);
  }

  /** The same where HTTP is on that port. */
  public static EmbeddedServer startOn(int port, Map<String, ?> settings) {
    Map<String, Object> values = new HashMap<>(settings);
    values.put("standalone.bridge", "embedded");
    values.put("standalone.http.host", "127.0.0.1");
    values.put("standalone.http.port", port);
    values.put("standalone.udp-port", 0);
    Config config = Standalone.configuration(ConfigFactory.parseMap(values));
    try {
      return new EmbeddedServer(Standalone.start(config));
    } catch (StartupException | InvalidConfigException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  @Override
  public URI uri() {
    return standalone.uri();
  }

  /** A room as its bridge tells it. */
  public Optional<RoomSnapshot> room(String name) {
    return standalone.bridge().room(new RoomName(name));
  }

  /** Takes no new sessions any more. */
  public void drain() {
    drain(Optional.empty());
  }

  /** The same; players are sent to that URL. */
  public void drain(Optional<String> url) {
    ((EmbeddedBridge) standalone.bridge()).drain(url);
  }

  @Override
  public void close() {
    standalone.close();
  }
}
