package io.github.jvbwhip.http.access;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.github.jvbwhip.http.access.TokenAuthorizer.Known;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Section;
import io.github.jvbwhip.http.config.TokenGrant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file with the key {@code tokens}, as it is now: it is looked at once a second while it is asked
 * for, and read again when it has changed. One that cannot be read is said in the log, and what was
 * read before holds. Thread-safe.
 */
final class TokenFile {
  private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);
  private static final long LOOKED_AT_EACH_MILLIS = 1000;

  /** By what one version of the file is told from another. */
  private record Version(FileTime modified, long size, @Nullable Object key) {
    static Version of(Path file) throws IOException {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }
  }

  private final Path file;
  private final Clock clock;
  private List<Known> tokens;
  private @Nullable Version version;
  private long lookedAt;

  /**
   * Reads the file the first time.
   *
   * @throws InvalidConfigException when it cannot be read
   */
  TokenFile(Path file, Clock clock) throws InvalidConfigException {
    this.file = file;
    this.clock = clock;
    lookedAt = clock.millis();
    version = versionNow();
    tokens = read();
  }

  /** What is in it now. */
  synchronized List<Known> tokens() {
    long now = clock.millis();
    if (Math.abs(now - lookedAt) >= LOOKED_AT_EACH_MILLIS) { // Clocks are set back, too.
      lookedAt = now;
      Version current = versionNow();
      if (!Objects.equals(current, version)) {
        version = current;
        readAgain();
      }
    }
    return tokens;
  }

  private @Nullable Version versionNow() {
    try {
      return Version.of(file);
    } catch (IOException e) {
      return null;
    }
  }

  private void readAgain() {
    try {
      tokens = read();
      LOG.info("{} has been read again: {} tokens", file, tokens.size());
    } catch (InvalidConfigException e) {
      LOG.error("{}; what was there before holds", e.getMessage());
    }
  }

  private List<Known> read() throws InvalidConfigException {
    if (!Files.isReadable(file)) {
      throw new InvalidConfigException(file + " cannot be read");
    }
    Config config;
    try {
      config =
          ConfigFactory.parseFile(
                  file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
              .resolve();
    } catch (ConfigException e) {
      // Its message may show what is in the file.
      String line = e.origin() == null ? "" : ", line " + e.origin().lineNumber();
      throw new InvalidConfigException(file + " is not well-formed" + line);
    }
    Section section = new Section(config, "");
    List<TokenGrant> grants = TokenGrant.read(section, "tokens");
    section.done();
    return Known.of(grants);
  }
}
