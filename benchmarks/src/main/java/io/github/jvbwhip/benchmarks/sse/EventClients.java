package io.github.jvbwhip.benchmarks.sse;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Many readers of event streams on one selector, driven by the caller's thread. */
final class EventClients implements AutoCloseable {
  private final InetSocketAddress server;
  private final Selector selector = Selector.open();
  private final List<SocketChannel> channels = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(65536);

  /** What a reader has to remember from one read to the next. */
  private static final class Reader {
    byte last;
  }

  EventClients(int port) throws IOException {
    server = new InetSocketAddress("127.0.0.1", port);
  }

  /** Opens a stream, whose greeting {@link #awaitEvents} counts as an event. */
  void connect(String path) throws IOException {
    SocketChannel channel = request(SocketChannel.open(server), path);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new Reader());
    channels.add(channel);
  }

  /** Opens a stream that nobody reads, over a connection that takes little. */
  void connectWithoutReading(String path) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
    channel.connect(server);
    channels.add(request(channel, path));
  }

  private static SocketChannel request(SocketChannel channel, String path) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    return channel;
  }

  /**
   * Reads until so many events have come, over all streams.
   *
   * @throws IOException when a stream ends
   */
  void awaitEvents(int count) throws IOException {
    int missing = count;
    while (missing > 0) {
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        buffer.clear();
        if (((SocketChannel) key.channel()).read(buffer) < 0) {
          throw new IOException("a stream was closed");
        }
        buffer.flip();
        missing -= events((Reader) key.attachment());
      }
      selector.selectedKeys().clear();
    }
  }

  /** An event ends with an empty line; lines end with a line feed (WHATWG HTML §9.2.5). */
  private int events(Reader reader) {
    int events = 0;
    while (buffer.hasRemaining()) {
      byte next = buffer.get();
      if (next == '\n' && reader.last == '\n') {
        events++;
      }
      reader.last = next;
    }
    return events;
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : channels) {
      channel.close();
    }
    selector.close();
  }
}
