package io.github.jvbwhip.integration.hostile;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * HTTP by the byte, from an address of one's own; each call has a connection of its own.
 * Thread-safe.
 *
 * @param from an address of this machine
 */
record RawClient(URI server, String from) {
  private static final int PATIENCE_MILLIS = 30_000;

  /** A connection; who takes it closes it. */
  Socket connect() throws IOException {
    Socket socket =
        new Socket(
            InetAddress.getByName(server.getHost()),
            server.getPort(),
            InetAddress.getByName(from),
            0);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** All that comes until the server closes. */
  String exchange(String bytes) throws IOException {
    try (Socket socket = connect()) {
      write(socket, bytes);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The response to a request that is the only one of its connection. */
  String request(String method, String path, String fields, String body) throws IOException {
    return exchange(
        "%s %s HTTP/1.1\r\nHost: here\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n%s"
            .formatted(method, path, fields, body.length(), body));
  }

  /** The status of a response. */
  static int status(String response) {
    return Integer.parseInt(response.split(" ", 3)[1]);
  }
}
