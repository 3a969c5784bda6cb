package io.github.jvbwhip.http.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds keys that nobody reads, outside of the sections that do so themselves ({@link
 * Section#done}): tokens in a section that is mistyped would protect nothing.
 */
public final class StrayKeys {
  private static final String BRIDGE = "videobridge";
  private static final List<String> PROTOCOLS = List.of("whip", "whep");

  private StrayKeys() {}

  /**
   * Refuses what is not among these paths, for a configuration that nobody else has keys in.
   *
   * @param given without defaults and without the properties of the system
   * @param paths of sections, of one or two keys each
   * @throws InvalidConfigException with one line that names the key
   */
  public static void refuseOthers(Config given, Set<String> paths) throws InvalidConfigException {
    for (Map.Entry<String, ConfigValue> entry : given.root().entrySet()) {
      String key = entry.getKey();
      if (paths.contains(key)) {
        continue;
      }
      String inside = key + ".";
      if (paths.stream().noneMatch(path -> path.startsWith(inside))) {
        throw stray(List.of(key), entry.getValue());
      }
      for (Map.Entry<String, ConfigValue> child : children(entry.getValue()).entrySet()) {
        if (!paths.contains(inside + child.getKey())) {
          throw stray(List.of(key, child.getKey()), child.getValue());
        }
      }
    }
  }

  /**
   * Refuses what looks like {@code videobridge.whip} or {@code videobridge.whep} and is neither,
   * for a configuration that others have keys in.
   *
   * @throws InvalidConfigException with one line that names the key
   */
  public static void refuseNearMisses(Config config) throws InvalidConfigException {
    for (Map.Entry<String, ConfigValue> entry : config.root().entrySet()) {
      String key = entry.getKey();
      String alone = protocol(key);
      if (alone != null) {
        throw near(List.of(key), entry.getValue(), alone);
      }
      for (Map.Entry<String, ConfigValue> child : children(entry.getValue()).entrySet()) {
        String meant = protocol(child.getKey());
        if (meant != null && !(key.equals(BRIDGE) && meant.equals(child.getKey()))) {
          throw near(List.of(key, child.getKey()), child.getValue(), meant);
        }
      }
    }
  }

  /**
   * Refuses keys below a path that {@code reference} does not have there, for sections that another
   * program reads. Where that has an empty object, all keys are taken.
   *
   * @throws InvalidConfigException with one line that names the key
   */
  public static void refuseUnknown(Config config, Config reference, String path)
      throws InvalidConfigException {
    if (!config.hasPath(path)) {
      return;
    }
    if (!(config.getValue(path) instanceof ConfigObject given)) {
      throw new InvalidConfigException(path + " has to be an object");
    }
    ConfigObject known = reference.getObject(path);
    if (known.isEmpty()) {
      return;
    }
    for (Map.Entry<String, ConfigValue> entry : given.entrySet()) {
      String key = entry.getKey();
      if (!known.containsKey(key)) {
        List<String> names = new ArrayList<>(ConfigUtil.splitPath(path));
        names.add(key);
        throw stray(names, entry.getValue());
      }
      if (known.get(key) instanceof ConfigObject) {
        refuseUnknown(config, reference, path + "." + ConfigUtil.joinPath(key));
      }
    }
  }

  private static Map<String, ConfigValue> children(ConfigValue value) {
    return value instanceof ConfigObject object ? object : Map.of();
  }

  /** What of ours is called so, or nearly so. */
  private static @Nullable String protocol(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    if (PROTOCOLS.contains(name)) {
      return name;
    }
    return PROTOCOLS.stream().filter(each -> isNear(name, each)).findFirst().orElse(null);
  }

  /** One letter too many, missing, wrong, or two of them exchanged. */
  private static boolean isNear(String name, String right) {
    if (Math.abs(name.length() - right.length()) > 1) {
      return false;
    }
    int same = Arrays.mismatch(name.toCharArray(), right.toCharArray());
    String a = name.substring(same);
    String b = right.substring(same);
    return rest(a, 1).equals(rest(b, 1))
        || rest(a, 1).equals(b)
        || a.equals(rest(b, 1))
        || (a.length() > 1
            && b.length() > 1
            && a.charAt(0) == b.charAt(1)
            && a.charAt(1) == b.charAt(0)
            && rest(a, 2).equals(rest(b, 2)));
  }

  private static String rest(String text, int from) {
    return text.substring(Math.min(from, text.length()));
  }

  private static InvalidConfigException near(List<String> path, ConfigValue value, String meant) {
    return new InvalidConfigException(
        text(path, value) + ": nobody reads it; " + BRIDGE + "." + meant + " would be read");
  }

  private static InvalidConfigException stray(List<String> path, ConfigValue value) {
    return new InvalidConfigException(text(path, value) + ": not a known key");
  }

  private static String text(List<String> path, ConfigValue value) {
    return ConfigUtil.joinPath(path) + " (" + value.origin().description() + ")";
  }
}
