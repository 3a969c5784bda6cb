package io.github.jvbwhip.http;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;

/** Configurations as texts, for tests that spoil them. */
public final class ConfigTexts {
  private static final ConfigIncluder NOTHING =
      new ConfigIncluder() {
        @Override
        public ConfigIncluder withFallback(ConfigIncluder fallback) {
          return this;
        }

        @Override
        public ConfigObject include(ConfigIncludeContext context, String what) {
          return ConfigFactory.empty().root();
        }
      };

  private ConfigTexts() {}

  /** All keys below a path, a line each, as somebody may write them. */
  public static String of(Config config, String path) {
    ConfigRenderOptions plain =
        ConfigRenderOptions.defaults().setComments(false).setOriginComments(false).setJson(false);
    return path + " " + config.getConfig(path).root().render(plain);
  }

  /** Reads a text, and no file or URL that it includes. */
  public static Config parse(String text) {
    return ConfigFactory.parseString(
        text, ConfigParseOptions.defaults().prependIncluder(NOTHING).setIncluder(NOTHING));
  }
}
