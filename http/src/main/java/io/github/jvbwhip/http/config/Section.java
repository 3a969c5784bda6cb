package io.github.jvbwhip.http.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import io.github.jvbwhip.core.text.Words;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One object of the configuration while it is read. Remembers what was read, so that a key that
 * nobody knows is an error instead of being passed over. Confined to one thread.
 */
public final class Section {
  private final Config config;
  private final String path;
  private final Set<String> known = new TreeSet<>();

  /**
   * @param path where the section stands, such as {@code videobridge.whip}; empty for the root
   */
  public Section(Config config, String path) {
    this.config = config;
    this.path = path;
  }

  /** Lets a key be, that somebody else reads. */
  public Section foreign(String key) {
    known.add(key);
    return this;
  }

  public boolean flag(String key) throws InvalidConfigException {
    return read(key, config::getBoolean, "true or false");
  }

  /** A number from {@code min} up. */
  public int number(String key, int min) throws InvalidConfigException {
    double value = read(key, config::getDouble, "a number"); // getInt would cut 0.5 to 0.
    if (value != Math.rint(value) || value > Integer.MAX_VALUE) {
      throw wrong(key, "a whole number, below 2147483648");
    }
    if (value < min) {
      throw wrong(key, "a number, at least " + min);
    }
    return (int) value;
  }

  /** A memory size in bytes, from 1 up. */
  public int bytes(String key) throws InvalidConfigException {
    long value = read(key, config::getBytes, "a size such as 64 KiB");
    if (value < 1 || value > Integer.MAX_VALUE) {
      throw wrong(key, "a size between 1 byte and 2 GiB");
    }
    return (int) value;
  }

  /** A duration, zero included. */
  public Duration duration(String key) throws InvalidConfigException {
    Duration value = read(key, config::getDuration, "a duration such as 10 seconds");
    if (value.isNegative()) {
      throw wrong(key, "a duration that is not negative");
    }
    return value;
  }

  /** A duration longer than zero. */
  public Duration positiveDuration(String key) throws InvalidConfigException {
    Duration value = duration(key);
    if (value.isZero()) {
      throw wrong(key, "a duration longer than zero");
    }
    return value;
  }

  /** A text; empty when the text is empty. */
  public Optional<String> text(String key) throws InvalidConfigException {
    String value = read(key, config::getString, "a text");
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  /** An HTTP URL; empty when the text is empty. */
  public Optional<URI> url(String key) throws InvalidConfigException {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<URI> url = HttpUrls.parse(text.get());
    if (url.isEmpty()) {
      throw wrong(key, "empty, or a URL such as https://example.org/path");
    }
    return url;
  }

  public List<String> texts(String key) throws InvalidConfigException {
    return List.copyOf(read(key, config::getStringList, "a list of texts"));
  }

  /** IP addresses and networks. */
  public List<Network> networks(String key) throws InvalidConfigException {
    List<Network> networks = new ArrayList<>();
    for (String text : texts(key)) {
      networks.add(
          Network.of(text)
              .orElseThrow(() -> wrong(key, "a list of IP addresses and networks, not " + text)));
    }
    return networks;
  }

  /** All keys of this section, whatever they are, each with a list of texts. */
  public Map<String, List<String>> textsByKey() throws InvalidConfigException {
    Map<String, List<String>> all = new TreeMap<>();
    for (String key : config.root().keySet()) {
      all.put(key, texts(ConfigUtil.quoteString(key)));
      known.add(key);
    }
    return all;
  }

  /** One of an enum's constants, written in lower case. */
  public <T extends Enum<T>> T choice(String key, Class<T> type) throws InvalidConfigException {
    return constant(key, read(key, config::getString, "a word"), type);
  }

  private <T extends Enum<T>> T constant(String key, String value, Class<T> type)
      throws InvalidConfigException {
    List<String> words = Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
    int index = words.indexOf(value);
    if (index < 0) {
      throw wrong(key, "one of " + String.join(", ", words));
    }
    return type.getEnumConstants()[index];
  }

  /** Some of an enum's constants, written in lower case: a list, or one alone. */
  public <T extends Enum<T>> List<T> choices(String key, Class<T> type)
      throws InvalidConfigException {
    boolean one = config.hasPath(key) && config.getValue(key).valueType() == ConfigValueType.STRING;
    List<T> result = new ArrayList<>();
    for (String word : one ? text(key).stream().toList() : texts(key)) {
      result.add(constant(key, word, type));
    }
    return result;
  }

  /** A section inside this one. */
  public Section section(String key) throws InvalidConfigException {
    return new Section(read(key, config::getConfig, "an object"), name(key));
  }

  /** A list of sections. */
  public List<Section> sections(String key) throws InvalidConfigException {
    List<Section> result = new ArrayList<>();
    for (Config each : read(key, config::getConfigList, "a list of objects")) {
      result.add(new Section(each, name(key) + "[" + result.size() + "]"));
    }
    return result;
  }

  /**
   * A list of sections, in which a text stands for a section with that text.
   *
   * @param shorthand the key that the text is the value of
   */
  public List<Section> sections(String key, String shorthand) throws InvalidConfigException {
    List<Section> result = new ArrayList<>();
    String expected = "a list of texts and objects";
    for (ConfigValue each : read(key, config::getList, expected)) {
      Config entry;
      if (each instanceof ConfigObject object) {
        entry = object.toConfig();
      } else if (each.valueType() == ConfigValueType.LIST
          || each.valueType() == ConfigValueType.NULL) {
        throw wrong(key, expected);
      } else {
        entry =
            ConfigFactory.empty()
                .withValue(shorthand, ConfigValueFactory.fromAnyRef(each.unwrapped().toString()));
      }
      result.add(new Section(entry, name(key) + "[" + result.size() + "]"));
    }
    return result;
  }

  /** Whether the key is there: for keys without a default, inside of lists. */
  public boolean has(String key) {
    return config.hasPath(key);
  }

  /** The error of a value that is well-formed and makes no sense. */
  public InvalidConfigException wrong(String key, String expected) {
    String where =
        config.hasPath(key) ? " (" + config.getValue(key).origin().description() + ")" : "";
    return new InvalidConfigException(name(key) + " has to be " + expected + where);
  }

  /**
   * To be called when all keys were read.
   *
   * @throws InvalidConfigException when there is a key that nobody read
   */
  public void done() throws InvalidConfigException {
    for (var entry : config.root().entrySet()) {
      if (!known.contains(entry.getKey())) {
        ConfigValue value = entry.getValue();
        throw new InvalidConfigException(
            name(entry.getKey()) + " is not a known key (" + value.origin().description() + ")");
      }
    }
  }

  private String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private <T> T read(String key, Function<String, T> getter, String expected)
      throws InvalidConfigException {
    known.add(key);
    try {
      return getter.apply(key);
    } catch (ConfigException.Missing e) {
      throw new InvalidConfigException(name(key) + " is missing: " + expected);
    } catch (ConfigException e) {
      throw wrong(key, expected);
    }
  }
}
