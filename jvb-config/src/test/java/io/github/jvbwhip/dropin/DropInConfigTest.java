package io.github.jvbwhip.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.http.ConfigurationDocs;
import io.github.jvbwhip.whip.WhipConfig;
import org.junit.jupiter.api.Test;

class DropInConfigTest {
  @Test
  void documentation_has_every_key_of_whip_and_of_the_jar_with_its_default() throws Exception {
    assertThat(ConfigurationDocs.documented(WhipConfig.PATH))
        .isEqualTo(ConfigurationDocs.of(ConfigFactory.defaultReference(), WhipConfig.PATH));
  }
}
