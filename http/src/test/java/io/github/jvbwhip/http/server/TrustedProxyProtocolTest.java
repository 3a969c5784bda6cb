package io.github.jvbwhip.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.composition.Mount;
import io.github.jvbwhip.http.config.Network;
import io.github.jvbwhip.http.exchange.Proxies;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PROXY headers as a proxy writes them, byte by byte; 127.0.0.1 is the one that is trusted. */
@Timeout(60)
class TrustedProxyProtocolTest {
  private static final String GET = "GET /who HTTP/1.1\r\nHost: h\r\nConnection: close\r\n";
  private static final String V1 = "PROXY TCP4 192.0.2.7 192.0.2.1 5000 443\r\n";
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String V2_SIGNATURE = "0d0a0d0a000d0a515549540a";
  private static final List<Network> TRUSTED = List.of(Network.of("127.0.0.1").orElseThrow());

  /** Says whom it takes the client for. */
  private static final class WhoAsks extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("it is " + new Proxies(TRUSTED).clientAddress(request) + ".");
    }
  }

  private final List<Socket> clients = new ArrayList<>();
  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    start(new ConnectionLimits(1000, 1, LONG));
  }

  private void start(ConnectionLimits limits) throws IOException {
    start(OptionalInt.of(0), Optional.empty(), limits);
  }

  private void start(OptionalInt port, Optional<WebServerConfig.Tls> tls, ConnectionLimits limits)
      throws IOException {
    server =
        WebServer.start(
            new WebServerConfig("127.0.0.1", port, tls, true, false, true, limits),
            TRUSTED,
            List.of(Mount.at("/who", new WhoAsks())));
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    server.close();
  }

  private Socket connect(String from) throws IOException {
    Socket socket =
        new Socket(
            InetAddress.getLoopbackAddress(),
            server.port().orElseThrow(),
            InetAddress.getByName(from),
            0);
    socket.setSoTimeout(20_000);
    clients.add(socket);
    return socket;
  }

  private static void write(Socket socket, byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** All that comes until the server closes, which may be a reset. */
  private static String rest(Socket socket) {
    StringBuilder text = new StringBuilder();
    try {
      for (int next = socket.getInputStream().read(); next >= 0; ) {
        text.append((char) next);
        next = socket.getInputStream().read();
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("not closed", e);
    } catch (IOException e) {
      return text.toString();
    }
    return text.toString();
  }

  private String ask(String from, byte[] header) throws IOException {
    return ask(from, header, "\r\n");
  }

  private String ask(String from, byte[] header, String fields) throws IOException {
    Socket socket = connect(from);
    try {
      write(socket, header);
      write(socket, ascii(GET + fields));
    } catch (IOException e) {
      return rest(socket); // It was closed before all was written.
    }
    return rest(socket);
  }

  /** A header of version 2 of TCP over IPv4, which says this length and has these bytes. */
  private static byte[] v2(int command, int family, int length, byte[] addresses) {
    String head = V2_SIGNATURE + "%02x%02x%04x".formatted(command, family, length);
    return HexFormat.of().parseHex(head + HexFormat.of().formatHex(addresses));
  }

  private static final byte[] IPV4 = HexFormat.of().parseHex("c0000208c000020113880050");

  @Test
  void version_1_tells_the_client() throws Exception {
    assertThat(ask("127.0.0.1", ascii(V1))).contains("it is 192.0.2.7.");
    assertThat(ask("127.0.0.1", ascii("PROXY TCP6 2001:db8::7 2001:db8::1 5000 443\r\n")))
        .contains("it is 2001:db8:0:0:0:0:0:7.");
  }

  @Test
  void version_2_tells_the_client() throws Exception {
    assertThat(ask("127.0.0.1", v2(0x21, 0x11, 12, IPV4))).contains("it is 192.0.2.8.");
  }

  /** The header comes before TLS, in clear. */
  @Test
  void it_tells_the_client_of_a_connection_with_tls_too(@TempDir Path folder) throws Exception {
    Path keyStore = folder.resolve("keys.p12");
    String command =
        Path.of(System.getProperty("java.home"), "bin", "keytool")
            + " -genkeypair -alias a -keyalg EC -dname CN=h -storetype PKCS12 -storepass changeit"
            + " -keystore "
            + keyStore;
    assertThat(new ProcessBuilder(command.split(" ")).start().waitFor()).isZero();
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    server.close();
    WebServerConfig.Tls tls =
        new WebServerConfig.Tls(port, keyStore.toString(), "changeit", List.of(), List.of(), false);
    start(OptionalInt.empty(), Optional.of(tls), new ConnectionLimits(9, 9, LONG));
    KeyStore known = KeyStore.getInstance(keyStore.toFile(), "changeit".toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(known);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (Socket clear = new Socket(InetAddress.getLoopbackAddress(), port)) {
      write(clear, ascii(V1));
      Socket secure = context.getSocketFactory().createSocket(clear, "h", port, true);
      secure.setSoTimeout(20_000);
      write(secure, ascii(GET + "\r\n"));

      assertThat(rest(secure)).contains("it is 192.0.2.7.");
    }
  }

  @Test
  void a_proxy_that_asks_for_itself_names_nobody() throws Exception {
    assertThat(ask("127.0.0.1", v2(0x20, 0, 0, new byte[0]))).contains("it is 127.0.0.1.");
    assertThat(ask("127.0.0.1", ascii("PROXY UNKNOWN\r\n"))).contains("it is 127.0.0.1.");
  }

  @Test
  void what_the_client_says_itself_is_not_believed() throws Exception {
    assertThat(ask("127.0.0.1", ascii(V1), "X-Forwarded-For: 198.51.100.1\r\n\r\n"))
        .contains("it is 192.0.2.7.");
  }

  @Test
  void others_need_none_and_are_refused_with_one() throws Exception {
    assertThat(ask("127.0.0.2", new byte[0])).contains("it is 127.0.0.2.");
    assertThat(ask("127.0.0.2", ascii(V1))).doesNotContain("it is");
    assertThat(ask("127.0.0.2", v2(0x21, 0x11, 12, IPV4))).doesNotContain("it is");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PROXY\r\n",
        "PROXY TCP4 192.0.2.7\r\n",
        "PROXY TCP4 192.0.2.7 192.0.2.1 5000 x\r\n",
        "PROXZ TCP4 192.0.2.7 192.0.2.1 5000 443\r\n",
      })
  void a_trusted_one_without_a_good_header_is_closed(String header) throws Exception {
    assertThat(ask("127.0.0.1", ascii(header))).doesNotContain("it is");
  }

  @Test
  void one_that_is_malformed_or_too_long_in_version_2_is_closed() throws Exception {
    assertThat(ask("127.0.0.1", v2(0x31, 0x11, 12, IPV4))).doesNotContain("it is");
    assertThat(ask("127.0.0.1", v2(0x21, 0x11, 4, new byte[4]))).doesNotContain("it is");
    assertThat(ask("127.0.0.1", v2(0x21, 0x11, 65_535, new byte[65_535]))).doesNotContain("it is");
  }

  @Test
  void one_that_is_too_long_in_version_1_is_closed() throws Exception {
    assertThat(ask("127.0.0.1", ascii("PROXY TCP4 " + "1".repeat(10_000) + " 1 1 1\r\n")))
        .doesNotContain("it is");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PROXY TCP4 192", V1, V1 + "GET /who HT"})
  void who_falls_silent_before_the_request_is_not_waited_for(String begun) throws Exception {
    server.close();
    start(new ConnectionLimits(1000, 1, Duration.ofMillis(300)));
    Socket silent = connect("127.0.0.1");
    write(silent, ascii(begun));

    assertThat(rest(silent)).doesNotContain("it is");
  }

  @Test
  void each_client_has_so_many_connections_and_the_proxy_any_number() throws Exception {
    String wait = "GET /who HTTP/1.1\r\nHost: h\r\n\r\n";
    for (int client = 1; client <= 3; client++) {
      Socket first = connect("127.0.0.1");
      write(first, ascii(V1.replace("192.0.2.7", "192.0.2." + client) + wait));
      assertThat(first.getInputStream().read()).isEqualTo('H');
    }
    assertThat(ask("127.0.0.1", ascii(V1.replace("192.0.2.7", "192.0.2.3")))).isEmpty();

    clients.get(2).close();
    String answer = "";
    while (answer.isEmpty()) { // The server sees a moment later that a connection is closed.
      answer = ask("127.0.0.1", ascii(V1.replace("192.0.2.7", "192.0.2.3")));
    }
    assertThat(answer).contains("it is 192.0.2.3.");
  }
}
