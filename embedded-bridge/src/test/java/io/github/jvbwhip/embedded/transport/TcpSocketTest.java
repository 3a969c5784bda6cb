package io.github.jvbwhip.embedded.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.rtp.PacketKind;
import io.github.jvbwhip.core.stun.StunMessage;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The TCP port with clients that write their frames themselves (RFC 4571). */
@Timeout(60)
class TcpSocketTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final String PASSWORD = "0123456789abcdefghijkl";
  private static final int DATA = 0x80;
  private static final Duration LONG = Duration.ofSeconds(50);

  private final StunRouter router = new StunRouter();
  private final BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
  private final List<Socket> clients = new ArrayList<>();
  private UdpSocket udp;
  private TcpSocket tcp;

  /** Whose session it is; a check makes its address known. */
  private final class Session implements StunRouter.Agent, PacketReceiver {
    @Override
    public byte[] password() {
      return PASSWORD.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void onRequest(MediaSocket socket, StunMessage request, InetSocketAddress from) {
      assertThat(socket.claim(from, this)).isTrue();
      byte[] answer =
          request.asSuccess(from.getAddress().getAddress(), from.getPort(), password()).bytes();
      assertThat(socket.send(new DatagramPacket(answer, answer.length, from))).isTrue();
    }

    @Override
    public long serial() {
      return 1;
    }

    @Override
    public void receive(PacketKind kind, byte[] buffer, int offset, int length, long nanoTime) {}
  }

  private final Session session = new Session();

  @BeforeEach
  void start() throws IOException {
    start(new TcpSocket.Limits(100, 100, 100, LONG, LONG));
  }

  private void start(TcpSocket.Limits limits) throws IOException {
    udp = UdpSocket.bind(LOOPBACK, 0, (socket, buffer, length, from, now) -> {});
    tcp = TcpSocket.bind(udp, 0, limits, this::handle);
    udp.start();
    tcp.start();
    router.register("ours", session);
  }

  private void handle(
      MediaSocket socket, byte[] buffer, int length, InetSocketAddress from, long nanoTime) {
    if ((buffer[0] & 0xFF) >= DATA) {
      received.add(length);
    } else {
      boolean unused = router.route(socket, buffer, 0, length, from, nanoTime);
    }
  }

  private void restart(TcpSocket.Limits limits) throws IOException {
    tcp.close();
    udp.close();
    start(limits);
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    tcp.close();
    udp.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(8192);
    socket.setSoTimeout(20_000);
    socket.connect(tcp.localAddress());
    clients.add(socket);
    return socket;
  }

  private static void write(Socket client, byte[] frame) throws IOException {
    DataOutputStream out = new DataOutputStream(client.getOutputStream());
    byte[] all = new byte[frame.length + 2];
    all[0] = (byte) (frame.length >> 8);
    all[1] = (byte) frame.length;
    System.arraycopy(frame, 0, all, 2, frame.length);
    out.write(all);
  }

  private static byte[] readFrame(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    byte[] frame = new byte[in.readUnsignedShort()];
    in.readFully(frame);
    return frame;
  }

  private static byte[] check(String ufrag, String password) {
    return StunMessages.request(ufrag + ":theirs", password, true);
  }

  /** One that has been let in. */
  private static void becomeKnown(Socket client) throws IOException {
    write(client, check("ours", PASSWORD));
    byte[] answer = readFrame(client);
    assertThat(StunMessage.parse(answer, 0, answer.length).type())
        .isEqualTo(StunMessage.BINDING_SUCCESS);
  }

  private Socket known() throws IOException {
    Socket client = connect();
    becomeKnown(client);
    return client;
  }

  /** Whether the server closes it, without a word. */
  private static boolean isClosed(Socket client) {
    try {
      return client.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static byte[] data(int length) {
    byte[] bytes = new byte[length];
    bytes[0] = (byte) DATA;
    return bytes;
  }

  @Test
  void a_client_that_begins_with_a_check_of_a_session_is_let_in() throws Exception {
    Socket client = known();
    write(client, data(1));
    write(client, data(MediaSocket.MAX_DATAGRAM));

    assertThat(RecordingListener.await(received)).isEqualTo(1);
    assertThat(RecordingListener.await(received)).isEqualTo(MediaSocket.MAX_DATAGRAM);
  }

  @Test
  void who_begins_with_anything_else_is_closed() throws Exception {
    List<byte[]> others =
        List.of(
            check("nobody", PASSWORD),
            check("ours", "another-password-of-them"),
            data(20),
            new byte[] {1},
            new byte[1025]);
    for (byte[] other : others) {
      Socket client = connect();
      write(client, other);
      assertThat(isClosed(client)).isTrue();
    }
    known();
  }

  @Test
  void a_frame_that_no_datagram_would_be_is_the_last() throws Exception {
    Socket client = known();
    client.getOutputStream().write(new byte[] {(byte) 0xFF, (byte) 0xFF});

    assertThat(isClosed(client)).isTrue();
  }

  @Test
  void who_is_slow_with_the_first_check_is_closed() throws Exception {
    restart(new TcpSocket.Limits(100, 100, 100, Duration.ofMillis(100), LONG));
    Socket silent = connect();
    Socket slow = connect();
    slow.getOutputStream().write(new byte[] {0, 100, 0, 1});

    assertThat(isClosed(silent)).isTrue();
    assertThat(isClosed(slow)).isTrue();
  }

  @Test
  void a_network_has_so_many_that_have_not_checked_yet() throws Exception {
    restart(new TcpSocket.Limits(100, 100, 2, LONG, LONG));
    known();
    known();
    connect();
    connect();
    assertThat(isClosed(connect())).isTrue();
  }

  /** What comes after the first check is no first frame, whether they come together or not. */
  @Test
  void who_sends_more_with_the_first_check_is_heard() throws Exception {
    Socket client = connect();
    byte[] check = check("ours", PASSWORD);
    byte[] data = data(1200);
    ByteBuffer both = ByteBuffer.allocate(4 + check.length + data.length);
    both.putShort((short) check.length).put(check).putShort((short) data.length).put(data);
    client.getOutputStream().write(both.array());

    assertThat(RecordingListener.await(received)).isEqualTo(1200);
  }

  /** One player would have all places otherwise. */
  @Test
  void a_network_has_so_many_in_all() throws Exception {
    restart(new TcpSocket.Limits(100, 2, 100, LONG, LONG));
    Socket first = known();
    known();
    assertThat(isClosed(connect())).isTrue();

    write(first, data(7));
    assertThat(RecordingListener.await(received)).isEqualTo(7);
  }

  @Test
  void who_is_refused_takes_nobodys_place() throws Exception {
    restart(new TcpSocket.Limits(2, 100, 2, LONG, LONG));
    Socket first = connect();
    connect();
    assertThat(isClosed(connect())).isTrue();

    becomeKnown(first);
    write(first, data(7));
    assertThat(RecordingListener.await(received)).isEqualTo(7);
  }

  @Test
  void when_all_are_taken_the_eldest_that_has_not_checked_gives_way_and_no_other()
      throws Exception {
    restart(new TcpSocket.Limits(2, 100, 100, LONG, LONG));
    Socket first = known();
    Socket idle = connect();
    known();
    assertThat(isClosed(idle)).isTrue();
    assertThat(isClosed(connect())).isTrue();

    write(first, data(7));
    assertThat(RecordingListener.await(received)).isEqualTo(7);
  }

  /** What is sent to it meanwhile is lost; what arrives is whole. */
  @Test
  void nobody_waits_for_a_client_that_reads_nothing() throws Exception {
    Socket client = known();
    InetSocketAddress to = new InetSocketAddress(LOOPBACK, client.getLocalPort());
    byte[] bytes = data(1200);
    boolean lost = false;
    while (!lost) { // Until the kernel takes no more.
      lost = !tcp.send(new DatagramPacket(bytes, bytes.length, to));
    }

    while (!tcp.send(new DatagramPacket(data(5), 5, to))) { // Until there is room again.
      assertThat(readFrame(client)).isEqualTo(bytes);
    }
    byte[] next = readFrame(client);
    while (next.length == bytes.length) {
      assertThat(next).isEqualTo(bytes);
      next = readFrame(client);
    }
    assertThat(next).isEqualTo(data(5));
  }

  @Test
  void who_takes_nothing_and_says_nothing_is_closed() throws Exception {
    restart(new TcpSocket.Limits(100, 100, 100, LONG, Duration.ofMillis(100)));

    assertThat(isClosed(known())).isTrue();
  }

  @Test
  void a_connection_ends_with_its_session() throws Exception {
    Socket client = known();
    tcp.release(new InetSocketAddress(LOOPBACK, client.getLocalPort()), session);

    assertThat(isClosed(client)).isTrue();
  }

  @Test
  void candidates_of_tcp_come_after_those_of_udp_and_only_where_it_is_on() throws Exception {
    UdpConfig without = Endpoints.loopback();
    UdpConfig with =
        new UdpConfig(
            without.bindAddresses(),
            0,
            List.of(InetAddress.getByName("192.0.2.1")),
            without.connectTimeout(),
            without.consentTimeout(),
            OptionalInt.of(0));
    try (MediaPort port = MediaPort.open(with);
        MediaPort udpAlone = MediaPort.open(without)) {
      assertThat(udpAlone.candidates())
          .allMatch(each -> each.protocol() == IceCandidate.Protocol.UDP);
      List<IceCandidate> candidates = port.candidates();
      assertThat(candidates)
          .hasSize(4)
          .isSortedAccordingTo((a, b) -> Long.compare(b.priority(), a.priority()));
      assertThat(candidates.subList(2, 4))
          .allMatch(each -> each.protocol() == IceCandidate.Protocol.TCP)
          .allMatch(each -> each.port() == port.localTcpAddresses().get(0).getPort());
      assertThat(candidates).extracting(IceCandidate::foundation).doesNotHaveDuplicates();
    }
  }
}
