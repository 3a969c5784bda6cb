package io.github.jvbwhip.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An HTTP/2 client that no library would be (RFC 9113): it takes no byte of a body until {@link
 * #openWindows} is called.
 */
final class Http2Connection implements AutoCloseable {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int WINDOW_UPDATE = 8;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int ACK = 1;
  private static final int INITIAL_WINDOW_SIZE = 4;

  /** A frame of the server's. */
  record Frame(int type, int flags, int stream, byte[] payload) {}

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private int lastStream = -1;

  Http2Connection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    ByteBuffer settings = ByteBuffer.allocate(6);
    settings.putShort((short) INITIAL_WINDOW_SIZE).putInt(0);
    write(SETTINGS, 0, 0, settings.array());
  }

  /**
   * Sends the head of a request.
   *
   * @param complete whether no body follows
   * @param headers name, value, name, value
   * @return the stream
   */
  int request(String method, String path, boolean complete, String... headers) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    literal(block, ":method", method);
    literal(block, ":scheme", "http");
    literal(block, ":authority", "127.0.0.1");
    literal(block, ":path", path);
    for (int i = 0; i < headers.length; i += 2) {
      literal(block, headers[i], headers[i + 1]);
    }
    lastStream += 2;
    write(HEADERS, END_HEADERS | (complete ? END_STREAM : 0), lastStream, block.toByteArray());
    return lastStream;
  }

  /** A literal header field without indexing (RFC 7541 §6.2.2), in plain octets. */
  private static void literal(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    for (String text : new String[] {name, value}) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      if (bytes.length > 126) {
        throw new IllegalArgumentException("longer lengths have more octets");
      }
      block.write(bytes.length);
      block.writeBytes(bytes);
    }
  }

  /** Reads until the head of the response is there. */
  void awaitHead(int stream) throws IOException {
    Frame frame = read();
    while (frame.type() != HEADERS || frame.stream() != stream) {
      frame = read();
    }
  }

  /** Takes the body of that stream, as much as there is. */
  void openWindows(int stream) throws IOException {
    byte[] plenty = ByteBuffer.allocate(4).putInt(1 << 20).array();
    write(WINDOW_UPDATE, 0, 0, plenty);
    write(WINDOW_UPDATE, 0, stream, plenty);
  }

  /** The body of that stream, to its end. */
  String body(int stream) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean ended = false;
    while (!ended) {
      Frame frame = read();
      if (frame.stream() == stream && frame.type() == DATA) {
        body.writeBytes(frame.payload());
        ended = (frame.flags() & END_STREAM) != 0;
      }
    }
    return body.toString(StandardCharsets.UTF_8);
  }

  private Frame read() throws IOException {
    int lengthAndType = in.readInt();
    int flags = in.readUnsignedByte();
    int stream = in.readInt() & Integer.MAX_VALUE;
    byte[] payload = new byte[lengthAndType >>> 8];
    in.readFully(payload);
    int type = lengthAndType & 0xFF;
    if (type == SETTINGS && (flags & ACK) == 0) {
      write(SETTINGS, ACK, 0, new byte[0]);
    }
    return new Frame(type, flags, stream, payload);
  }

  private void write(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.putInt(payload.length << 8 | type).put((byte) flags).putInt(stream).put(payload);
    out.write(frame.array());
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
