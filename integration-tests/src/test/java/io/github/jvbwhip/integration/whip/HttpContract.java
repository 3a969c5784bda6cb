package io.github.jvbwhip.integration.whip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9725 §4 over every HTTP: versions 1.1 and 2, clear and over TLS, and with slow clients. */
abstract class HttpContract extends WhipContract {
  static final TlsKeys KEYS = TlsKeys.onFreePort();

  private static HttpClient client(Version version) {
    return HttpClient.newBuilder().version(version).sslContext(KEYS.trusting()).build();
  }

  private URI base(boolean tls) {
    return tls ? KEYS.uri() : server().uri();
  }

  @ParameterizedTest
  @CsvSource({"HTTP_1_1, false", "HTTP_1_1, true", "HTTP_2, true"})
  void section_4_2_a_session_lives_over_every_version_of_http(Version version, boolean tls)
      throws Exception {
    HttpClient client = client(version);
    URI endpoint = base(tls).resolve("whip/" + room() + "/main");
    HttpResponse<String> first = send(client, "GET", endpoint, "", BodyPublishers.noBody());
    assertThat(first.statusCode()).isEqualTo(204);
    assertThat(first.version()).isEqualTo(version);

    TestPeer peer = peer(PeerOptions.defaults());
    BodyPublisher offer = BodyPublishers.ofString(peer.offer(PUBLISHER));
    HttpResponse<String> created = send(client, "POST", endpoint, HttpSignalling.SDP, offer);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    assertThat(created.version()).isEqualTo(version);
    peer.acceptAnswer(created.body());
    peer.awaitConnected(SOON);

    URI session = endpoint.resolve(created.headers().firstValue("Location").orElseThrow());
    assertThat(session.getScheme()).isEqualTo(tls ? "https" : "http");
    BodyPublisher fragment = BodyPublishers.ofString("a=ice-ufrag:x\r\n");
    HttpResponse<String> refused =
        send(client, "PATCH", session, HttpSignalling.FRAGMENT, fragment);
    assertThat(refused.statusCode()).isEqualTo(400);
    HttpResponse<String> deleted = send(client, "DELETE", session, "", BodyPublishers.noBody());
    assertThat(deleted.statusCode()).isEqualTo(200);
    assertThat(deleted.version()).isEqualTo(version);
    peer.awaitClosedByRemote(SOON);
  }

  @Test
  void rfc_9112_section_7_1_an_offer_in_chunks_is_taken() throws Exception {
    byte[] offer = rfcOffer().getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> reply =
        send(
            client(Version.HTTP_1_1),
            "POST",
            endpoint("main"),
            HttpSignalling.SDP,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(offer)));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201);
  }

  @Test
  void rfc_9112_section_9_3_a_connection_serves_one_request_after_another() throws Exception {
    try (Socket socket = connect()) {
      BufferedReader in = reader(socket);
      for (String line : new String[] {"GET", "OPTIONS", "GET", "DELETE", "GET"}) {
        write(socket, line + " /whip/" + room() + " HTTP/1.1\r\nHost: here\r\n\r\n");
        String status = in.readLine();
        assertThat(status).matches("HTTP/1\\.1 (204|200|405) .*");
        int length = 0;
        for (String field = in.readLine(); !field.isEmpty(); field = in.readLine()) {
          assertThat(field).isNotEqualToIgnoringCase("Connection: close");
          if (field.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
            length = Integer.parseInt(field.substring(15).trim());
          }
        }
        assertThat(in.skip(length)).isEqualTo(length);
      }
    }
  }

  /** The time is for the whole body: who sends byte by byte does not prolong it. */
  @Test
  void section_5_a_body_that_does_not_come_is_waited_for_no_longer_than_configured()
      throws Exception {
    try (Socket socket = connect()) {
      write(
          socket,
          "POST /whip/"
              + room()
              + " HTTP/1.1\r\nHost: here\r\nContent-Type: application/sdp\r\n"
              + "Content-Length: 10000\r\n\r\nv=0\r\n");
      socket.setSoTimeout(100);
      BufferedReader in = reader(socket);
      long patience = System.nanoTime() + SOON.toNanos();
      String status = "";
      while (status.isEmpty() && System.nanoTime() < patience) {
        try {
          status = in.readLine();
        } catch (SocketTimeoutException e) {
          write(socket, "a"); // still there, and slow
        }
      }
      assertThat(status).startsWith("HTTP/1.1 408 ");
    }
    assertThat(get(endpoint("main")).status()).isEqualTo(204);
  }

  private Socket connect() throws IOException {
    URI uri = server().uri();
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    socket.setSoTimeout((int) SOON.toMillis());
    return socket;
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static HttpResponse<String> send(
      HttpClient client, String method, URI uri, String contentType, BodyPublisher body)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(SOON).method(method, body);
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
