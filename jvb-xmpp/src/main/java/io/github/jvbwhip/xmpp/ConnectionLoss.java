package io.github.jvbwhip.xmpp;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.ConnectionListener;
import org.jivesoftware.smack.ReconnectionManager;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smackx.ping.PingManager;

/**
 * What becomes of a connection that is lost: its stream is resumed (XEP-0198), of which the room
 * notices nothing, or it is over. The server is asked now and then whether it is there (XEP-0199):
 * where nothing comes over a connection any more, TCP does not tell for a quarter of an hour.
 */
final class ConnectionLoss implements ConnectionListener {
  /** How long a lost connection may take to be resumed. */
  static final int PATIENCE_SECONDS = 20;

  private static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_SECONDS);
  private static final int RETRY_SECONDS = 1;

  private static final Duration BETWEEN_PINGS = Duration.ofSeconds(10);
  private static final long PING_MILLIS = 10_000;

  private final AtomicInteger losses = new AtomicInteger();
  private final AbstractXMPPConnection connection;
  private final MeetingThreads threads;
  private final Executor line;
  private final boolean resumable;
  private final Consumer<String> over;
  private volatile boolean lost;

  private ConnectionLoss(
      AbstractXMPPConnection connection,
      MeetingThreads threads,
      boolean resumable,
      Consumer<String> over) {
    this.connection = connection;
    this.threads = threads;
    this.line = threads.line();
    this.resumable = resumable;
    this.over = over;
  }

  /**
   * Watches it from now on.
   *
   * @param over hears why it is over, maybe more than once; must only enqueue
   */
  static void watch(
      AbstractXMPPConnection connection, MeetingThreads threads, Consumer<String> over) {
    boolean resumable = connection instanceof XMPPTCPConnection tcp && tcp.isSmResumptionPossible();
    ConnectionLoss loss = new ConnectionLoss(connection, threads, resumable, over);
    connection.addConnectionListener(loss);
    if (resumable) {
      ReconnectionManager reconnection = ReconnectionManager.getInstanceFor(connection);
      reconnection.setFixedDelay(RETRY_SECONDS);
      reconnection.enableAutomaticReconnection();
    }
    loss.pingLater(loss.losses.get());
  }

  /**
   * Until the connection is closed or lost.
   *
   * @param before how often it was lost before
   */
  private void pingLater(int before) {
    threads.laterUnlessClosed(BETWEEN_PINGS, () -> line.execute(() -> ping(before)));
  }

  private void ping(int before) {
    if (losses.get() != before || !connection.isAuthenticated()) {
      return;
    }
    PingManager.getInstanceFor(connection)
        .pingAsync(connection.getXMPPServiceDomain(), PING_MILLIS)
        .onSuccess(answered -> pingLater(before))
        .onError(failure -> line.execute(() -> unanswered(before, failure)));
  }

  private void unanswered(int before, Exception failure) {
    if (losses.get() == before
        && failure instanceof SmackException.NoResponseException
        && connection instanceof Losable losable) {
      losable.lose(failure);
    }
  }

  @Override
  public void connectionClosedOnError(Exception cause) {
    int loss = losses.incrementAndGet();
    if (!resumable) {
      over.accept("the connection to the meeting server is lost");
      return;
    }
    lost = true;
    var unused =
        threads.later(
            PATIENCE,
            () -> {
              if (lost && losses.get() == loss) {
                over.accept("the connection to the meeting server is lost");
              }
            });
  }

  @Override
  public void authenticated(XMPPConnection connection, boolean resumed) {
    lost = false;
    if (resumed) {
      pingLater(losses.get());
    } else {
      over.accept("the meeting server has forgotten it");
    }
  }
}
