package io.github.jvbwhip.xmpp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A way to a server that can be cut: what goes over it is lost, and new connections go through; or
 * that swallows what the server says, and nobody is told.
 */
final class CutLine implements AutoCloseable {
  private final ServerSocket listening;
  private final int target;
  private volatile boolean swallowing;
  private volatile @Nullable String lastWords;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private CutLine(ServerSocket listening, int target) {
    this.listening = listening;
    this.target = target;
  }

  /** To that port of this machine. */
  static CutLine to(int port) {
    try {
      CutLine line = new CutLine(new ServerSocket(0, 16, InetAddress.getLoopbackAddress()), port);
      start("test-line", line::accept);
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(server);
        start("test-line-up", () -> pump(client, server, false));
        start("test-line-down", () -> pump(server, client, true));
      } catch (IOException e) {
        // Closed, or nobody there: the client notices.
      }
    }
  }

  private void pump(Socket from, Socket to, boolean down) {
    byte[] buffer = new byte[8192];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!down || !swallowing) {
          out.write(buffer, 0, read);
        }
        String last = lastWords;
        if (down && last != null && new String(buffer, 0, read, UTF_8).contains(last)) {
          swallowing = true;
        }
      }
    } catch (IOException e) {
      // Cut.
    }
  }

  /** Nothing comes back over it from now on. */
  void swallow() {
    swallowing = true;
  }

  /** Nothing comes back over it once the server has said that. */
  void swallowAfter(String words) {
    lastWords = words;
  }

  /** All that is open is lost. */
  void cut() {
    for (Socket each : open) {
      try {
        each.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    open.clear();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
