package io.github.jvbwhip.dropin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between publishers and their XMPP server, and notes what comes when. Thread-safe. */
final class XmppTap implements AutoCloseable {
  /**
   * Bytes that have come together.
   *
   * @param sent whether the publisher has sent them
   */
  record Seen(long nanoTime, boolean sent, String text) {}

  private final ServerSocket server;
  private final int target;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  private XmppTap(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /**
   * Begins.
   *
   * @param target the server's port on this host
   */
  static XmppTap before(int target) {
    try {
      XmppTap tap = new XmppTap(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
      daemon(tap::accept);
      return tap;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // One of the two has ended it.
              }
            },
            "xmpp-tap");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = server.accept();
      Socket behind = new Socket(InetAddress.getLoopbackAddress(), target);
      client.setTcpNoDelay(true);
      behind.setTcpNoDelay(true);
      daemon(() -> pass(client, behind, true));
      daemon(() -> pass(behind, client, false));
    }
  }

  private void pass(Socket from, Socket to, boolean sent) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] b = new byte[1 << 16];
      for (int length = in.read(b); length >= 0; length = in.read(b)) {
        String text = new String(b, 0, length, StandardCharsets.UTF_8);
        seen.add(new Seen(System.nanoTime(), sent, text));
        out.write(b, 0, length);
        out.flush();
      }
    }
  }

  /** Where publishers go to. */
  int port() {
    return server.getLocalPort();
  }

  /** What has come since the last time. */
  List<Seen> take() {
    List<Seen> taken = List.copyOf(seen);
    seen.clear();
    return taken;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
