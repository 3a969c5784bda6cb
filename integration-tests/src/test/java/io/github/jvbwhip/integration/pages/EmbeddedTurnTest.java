package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.integration.clients.TurnServer;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;

/** {@link TurnContract} on the embedded bridge. */
class EmbeddedTurnTest extends TurnContract {
  @Override
  ServerUnderTest start(Map<String, ?> settings) {
    return EmbeddedServer.start(settings);
  }

  /** A browser would need a certificate that it knows: here it is TLS and STUN alone. */
  @Test
  void turn_over_tls_answers_as_documented() throws Exception {
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new TrustManager[] {new TrustingAll()}, null);
    try (TurnServer turn = TurnServer.start();
        Socket socket =
            trusting
                .getSocketFactory()
                .createSocket(turn.tlsAddress().getAddress(), turn.tlsAddress().getPort())) {
      socket.setSoTimeout(20_000);
      ByteBuffer request = ByteBuffer.allocate(20).putInt(0x00010000).putInt(0x2112A442);
      socket.getOutputStream().write(request.array());

      assertThat(socket.getInputStream().readNBytes(2)).containsExactly(1, 1);
    }
  }

  private static final class TrustingAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
