package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.stun.FirstSources;
import io.github.jvbwhip.core.stun.StunMessage;
import io.github.jvbwhip.core.stun.StunMessage.TransactionId;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.ice4j.socket.IceSocketWrapper;
import org.jspecify.annotations.Nullable;

/**
 * What an ICE agent takes for its socket: the STUN messages, and nothing else, that come over one
 * {@link MediaSocket} for this agent. Thread-safe.
 */
final class IceLink extends IceSocketWrapper implements StunRouter.Asker {
  private static final int MAX_WAITING = 64;

  /** RFC 8489 §14.8. */
  private static final int SERVER_ERROR = 500;

  /** More than the checks of one agent that can be unanswered at a time. */
  private static final int MAX_UNANSWERED = 256;

  /** What {@link #close} leaves in the queue, to wake up the reader. */
  private static final Received END =
      new Received(ByteBuffer.allocate(0), new InetSocketAddress(0));

  private record Received(ByteBuffer message, InetSocketAddress from) {}

  /** When a check was sent; {@code repeated} ones tell no round-trip time. */
  private record Sent(long nanoTime, boolean repeated) {}

  private final MediaSocket socket;
  private final StunRouter router;
  private final byte[] localPassword;
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>(MAX_WAITING);
  private final Map<TransactionId, Sent> unanswered = new LinkedHashMap<>();
  private final CheckAllowance allowance = new CheckAllowance();

  private final FirstSources<InetSocketAddress> sources = new FirstSources<>();

  private volatile boolean closed;
  private volatile long roundTripNanos = -1;
  private volatile byte[] remotePassword = {};
  private volatile @Nullable SocketAddress silenced;

  /**
   * @param localPassword what the agent signs its responses with
   */
  IceLink(MediaSocket socket, StunRouter router, String localPassword) {
    this.socket = socket;
    this.router = router;
    this.localPassword = localPassword.getBytes(StandardCharsets.US_ASCII);
  }

  MediaSocket socket() {
    return socket;
  }

  /** Says what the peer signs its responses with. */
  void expectSignedBy(String password) {
    remotePassword = password.getBytes(StandardCharsets.US_ASCII);
  }

  /** Sends checks there, though nothing has come from there yet. */
  void allow(InetSocketAddress address) {
    allowance.answered(address);
  }

  /** Sends no checks there from now on: the client has left; null for none. */
  void silence(@Nullable InetSocketAddress address) {
    silenced = address;
  }

  /**
   * Hands the agent an authentic check. One that comes again {@linkplain FirstSources from
   * elsewhere} is answered here, and is another check for the agent.
   */
  void receiveCheck(StunMessage request, InetSocketAddress from) {
    allowance.heard(from);
    if (sources.isFromElsewhere(request.transactionId(), from)) {
      byte[] answer =
          request.asSuccess(from.getAddress().getAddress(), from.getPort(), localPassword).bytes();
      socket.send(new DatagramPacket(answer, answer.length, from));
      deliver(request.anew(localPassword), from);
    } else {
      deliver(request, from);
    }
  }

  /** Hands a message to the agent; drops it when the agent does not keep up. */
  private void deliver(StunMessage message, InetSocketAddress from) {
    if (!closed) {
      received.offer(new Received(ByteBuffer.wrap(message.bytes()), from));
    }
  }

  @Override
  public void onResponse(StunMessage message, InetSocketAddress from, long nanoTime) {
    Sent sent;
    synchronized (unanswered) {
      sent = unanswered.remove(message.transactionId());
    }
    router.forget(message.transactionId());
    if (sent != null && !sent.repeated()) {
      roundTripNanos = nanoTime - sent.nanoTime();
    }
    byte[] password = remotePassword;
    if (message.type() == StunMessage.BINDING_SUCCESS
        && password.length > 0
        && message.isAuthentic(password)) {
      allowance.answered(from);
      deliver(message.repaired(getLocalAddress().getAddress(), getLocalPort(), password), from);
    } else {
      deliver(message, from);
    }
  }

  /** The round-trip time of the last check that was answered without repetition. */
  OptionalLong roundTripMicros() {
    long nanos = roundTripNanos;
    return nanos < 0 ? OptionalLong.empty() : OptionalLong.of(nanos / 1000);
  }

  @Override
  public void send(DatagramPacket packet) throws IOException {
    StunMessage message =
        StunMessage.parse(packet.getData(), packet.getOffset(), packet.getLength());
    if (message != null && message.type() == StunMessage.BINDING_REQUEST) {
      InetSocketAddress to = (InetSocketAddress) packet.getSocketAddress();
      if (to.equals(silenced) || !allowance.take(to)) {
        return; // As if it was lost on its way.
      }
      remember(message.transactionId(), System.nanoTime());
    }
    if (message != null && message.errorCode() == SERVER_ERROR) {
      mend(packet, message);
    }
    if (!socket.send(packet)) {
      throw new IOException("not sent");
    }
  }

  /**
   * ice4j answers 500 when a check comes in the instant in which its own check of that pair is
   * answered: it looks the check's transaction up when it has none any more. Many clients take the
   * pair for failed then. Only authentic requests come to the agent, and those succeed (RFC 8445
   * §7.3).
   */
  private void mend(DatagramPacket packet, StunMessage error) {
    InetSocketAddress to = (InetSocketAddress) packet.getSocketAddress();
    packet.setData(
        error.asSuccess(to.getAddress().getAddress(), to.getPort(), localPassword).bytes());
  }

  private void remember(TransactionId id, long nanoTime) {
    TransactionId forgotten = null;
    synchronized (unanswered) {
      if (closed) {
        return;
      }
      Sent before = unanswered.get(id);
      unanswered.put(id, new Sent(nanoTime, before != null));
      if (unanswered.size() > MAX_UNANSWERED) {
        forgotten = unanswered.keySet().iterator().next();
        unanswered.remove(forgotten);
      }
      router.expect(id, this);
    }
    if (forgotten != null) {
      router.forget(forgotten);
    }
  }

  @Override
  public void receive(DatagramPacket packet) throws IOException {
    Received next;
    try {
      next = received.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SocketException("interrupted");
    }
    if (closed) {
      throw new SocketException("closed");
    }
    int length = next.message().remaining();
    if (length > packet.getLength()) {
      throw new IOException("a STUN message of " + length + " bytes");
    }
    next.message().get(packet.getData(), 0, length);
    packet.setLength(length);
    packet.setSocketAddress(next.from());
  }

  @Override
  public void close() {
    closed = true;
    received.clear();
    received.offer(END);
    synchronized (unanswered) {
      unanswered.keySet().forEach(router::forget);
      unanswered.clear();
    }
  }

  @Override
  public InetAddress getLocalAddress() {
    return socket.agentAddress().getAddress();
  }

  @Override
  public int getLocalPort() {
    return socket.agentAddress().getPort();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return socket.agentAddress();
  }

  @Override
  public @Nullable Socket getTCPSocket() {
    return null;
  }

  /**
   * A shared socket: ice4j asks only whether there is one, to tell UDP from TCP. It is told of UDP
   * alone: the framing of TCP is below it.
   */
  @Override
  public DatagramSocket getUDPSocket() {
    return socket.datagramSocket();
  }
}
