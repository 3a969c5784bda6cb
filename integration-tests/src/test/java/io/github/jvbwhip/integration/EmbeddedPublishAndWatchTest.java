package io.github.jvbwhip.integration;

import io.github.jvbwhip.dtls.SrtpProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link PublishAndWatchContract} on the embedded bridge. */
class EmbeddedPublishAndWatchTest extends PublishAndWatchContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(EmbeddedServer::start);

  @Override
  protected ServerUnderTest server() {
    return SERVER.get();
  }

  @Test
  void aes256_works() {
    watchOver(SrtpProfile.AEAD_AES_256_GCM);
  }
}
