package io.github.jvbwhip.cluster;

import com.typesafe.config.Config;
import io.github.jvbwhip.http.config.HttpUrls;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Section;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The cluster that a bridge is in. {@code reference.conf} explains each key.
 *
 * @param enabled whether it is in one
 * @param self its own URL, by which the others know it, without a slash at the end
 * @param members where others may be found
 * @param dns where others may be found, too
 * @param dnsInterval how often the name is looked up
 * @param secret that all members share; not to be shown
 * @param publish where publishers are taken
 * @param maxLinks how many members a room is sent to from here
 * @param maxPlayers how many players are taken; 0 for any number
 * @param linger how long a link outlives its last player
 * @param heartbeatInterval between two heartbeats
 * @param deadAfter how long a member that does not answer counts as alive
 * @param joinTimeout how long a player waits for a link
 */
public record ClusterConfig(
    boolean enabled,
    String self,
    List<String> members,
    Optional<DnsName> dns,
    Duration dnsInterval,
    String secret,
    Publish publish,
    int maxLinks,
    int maxPlayers,
    Duration linger,
    Duration heartbeatInterval,
    Duration deadAfter,
    Duration joinTimeout) {

  /** Where a publisher is taken that comes to another member than its room's home. */
  public enum Publish {
    HOME,
    HERE
  }

  /** Where the keys stand. */
  public static final String PATH = "videobridge.whip.cluster";

  private static final int SHORTEST_SECRET = 32;

  public ClusterConfig {
    members = List.copyOf(members);
  }

  /**
   * Reads {@value #PATH}, and the file of the secret.
   *
   * @param config the whole configuration, {@code reference.conf} included
   * @throws InvalidConfigException with one line that names the key that is wrong
   */
  public static ClusterConfig read(Config config) throws InvalidConfigException {
    Section section = new Section(config, "").section(PATH);
    boolean enabled = section.flag("enabled");
    ClusterConfig result =
        new ClusterConfig(
            enabled,
            self(section, enabled),
            members(section),
            dns(section),
            section.positiveDuration("dns-interval"),
            secret(section, enabled),
            section.choice("publish", Publish.class),
            section.number("max-links", 1),
            section.number("max-players", 0),
            section.duration("linger"),
            section.positiveDuration("heartbeat-interval"),
            section.duration("dead-after"),
            section.positiveDuration("join-timeout"));
    if (result.deadAfter.compareTo(result.heartbeatInterval.multipliedBy(2)) < 0) {
      throw section.wrong("dead-after", "at least twice heartbeat-interval");
    }
    section.done();
    return result;
  }

  private static String self(Section section, boolean enabled) throws InvalidConfigException {
    String expected = "the URL of this bridge's plugin, such as https://jvb1.example.com";
    Optional<String> text = section.text("self");
    Optional<String> url = text.flatMap(ClusterConfig::normal);
    if (url.isEmpty() && (enabled || text.isPresent())) {
      throw section.wrong("self", expected);
    }
    return url.orElse("");
  }

  private static List<String> members(Section section) throws InvalidConfigException {
    List<String> urls = new ArrayList<>();
    for (String text : section.texts("members")) {
      urls.add(
          normal(text)
              .orElseThrow(
                  () ->
                      section.wrong("members", "a list of URLs such as https://jvb1.example.com")));
    }
    return urls;
  }

  /** One way to write each URL, so that members agree on names; empty where the text is none. */
  public static Optional<String> normal(String text) {
    return HttpUrls.parse(text)
        .filter(
            url ->
                url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null)
        .map(ClusterConfig::written);
  }

  private static String written(URI url) {
    int usual = url.getScheme().equals("https") ? 443 : 80;
    String port = url.getPort() < 0 || url.getPort() == usual ? "" : ":" + url.getPort();
    String path = url.getRawPath().replaceAll("/+$", "");
    return url.getScheme() + "://" + url.getHost().toLowerCase(Locale.ROOT) + port + path;
  }

  private static Optional<DnsName> dns(Section section) throws InvalidConfigException {
    Optional<String> text = section.text("dns");
    Optional<DnsName> name = text.flatMap(DnsName::of);
    if (text.isPresent() && name.isEmpty()) {
      throw section.wrong(
          "dns", "empty, or a name such as _whip._tcp.example.com or https://example.com:8443");
    }
    return name;
  }

  private static String secret(Section section, boolean enabled) throws InvalidConfigException {
    Optional<String> given = section.text("secret");
    Optional<String> file = section.text("secret-file");
    if (given.isPresent() && file.isPresent()) {
      throw section.wrong("secret-file", "empty where there is a secret");
    }
    String key = file.isPresent() ? "secret-file" : "secret";
    Optional<String> secret = file.isPresent() ? Optional.of(content(section, file.get())) : given;
    if (enabled && secret.isEmpty()) {
      throw section.wrong("secret", "there, or secret-file, where enabled is true");
    }
    if (secret.isPresent() && secret.get().length() < SHORTEST_SECRET) {
      throw section.wrong(
          key, SHORTEST_SECRET + " characters or more, such as what openssl rand -base64 32 makes");
    }
    return secret.orElse("");
  }

  private static String content(Section section, String file) throws InvalidConfigException {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (MalformedInputException e) {
      throw section.wrong("secret-file", "a file with text");
    } catch (IOException | RuntimeException e) {
      throw section.wrong("secret-file", "the path of a file that can be read");
    }
  }

  /** The same, where no more players can be taken than so many. */
  public ClusterConfig within(int sessions) {
    return new ClusterConfig(
        enabled,
        self,
        members,
        dns,
        dnsInterval,
        secret,
        publish,
        maxLinks,
        maxPlayers == 0 ? sessions : Math.min(maxPlayers, sessions),
        linger,
        heartbeatInterval,
        deadAfter,
        joinTimeout);
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "ClusterConfig[enabled=" + enabled + ", self=" + self + "]";
  }
}
