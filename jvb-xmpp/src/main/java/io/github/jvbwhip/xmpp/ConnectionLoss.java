package io.github.jvbwhip.xmpp;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.ConnectionListener;
import org.jivesoftware.smack.ReconnectionManager;
import org.jivesoftware.smack.XMPPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;

/**
 * What becomes of a connection that is lost: its stream is resumed (XEP-0198), of which the room
 * notices nothing, or it is over.
 */
final class ConnectionLoss implements ConnectionListener {
  /** How long a lost connection may take to be resumed. */
  static final int PATIENCE_SECONDS = 20;

  private static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_SECONDS);
  private static final int RETRY_SECONDS = 1;

  private final AtomicInteger losses = new AtomicInteger();
  private final MeetingThreads threads;
  private final boolean resumable;
  private final Consumer<String> over;
  private volatile boolean lost;

  private ConnectionLoss(MeetingThreads threads, boolean resumable, Consumer<String> over) {
    this.threads = threads;
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
    connection.addConnectionListener(new ConnectionLoss(threads, resumable, over));
    if (resumable) {
      ReconnectionManager reconnection = ReconnectionManager.getInstanceFor(connection);
      reconnection.setFixedDelay(RETRY_SECONDS);
      reconnection.enableAutomaticReconnection();
    }
  }

  @Override
  public void connectionClosedOnError(Exception cause) {
    if (!resumable) {
      over.accept("the connection to the meeting server is lost");
      return;
    }
    lost = true;
    int loss = losses.incrementAndGet();
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
    if (!resumed) {
      over.accept("the meeting server has forgotten it");
    }
  }
}
