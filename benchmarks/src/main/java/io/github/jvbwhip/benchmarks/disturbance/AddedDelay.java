package io.github.jvbwhip.benchmarks.disturbance;

import io.github.jvbwhip.benchmarks.process.Load;
import io.github.jvbwhip.benchmarks.process.Server;
import io.github.jvbwhip.load.media.SendTime;
import io.github.jvbwhip.load.net.EventLoop;
import io.github.jvbwhip.load.net.Impairment;
import io.github.jvbwhip.load.net.UdpPort;
import io.github.jvbwhip.load.report.Distribution;
import io.github.jvbwhip.load.report.Histogram;
import io.github.jvbwhip.load.report.LoadReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * How late packets are that go from a publisher to its players by way of a bridge, and how late the
 * same would be without: sent to each player by itself, in the clear, over the same sockets and
 * event loops. The difference is the bridge's, and that of SRTP in the generator.
 */
public final class AddedDelay {
  private static final int SECONDS = 20;
  private static final int FRAME_PACKETS = 6;
  private static final int PACKET_BYTES = 1100;
  private static final long FRAME_NANOS = 33_333_333;

  private AddedDelay() {}

  public static void main(String[] args) throws Exception {
    try (Server server = Server.of(args.length > 0 ? args[0] : "embedded", "")) {
      bridge(server, 50); // It is warm then.
      for (int players : List.of(1, 10, 50)) {
        Distribution direct = direct(players);
        Distribution over = bridge(server, players);
        System.out.printf(
            Locale.ROOT,
            "%d players: median %.2f ms, without a bridge %.2f, added %.2f; 99 %% %.1f ms and %.1f%n",
            players,
            over.medianMs(),
            direct.medianMs(),
            over.medianMs() - direct.medianMs(),
            over.p99Ms(),
            direct.p99Ms());
      }
    }
  }

  private static Distribution bridge(Server server, int players)
      throws IOException, InterruptedException {
    LoadReport report =
        Load.start(
                "--whip",
                server.url("whip/") + "delay/main",
                "--whep",
                server.url("whep/") + "delay/main",
                "--players",
                String.valueOf(players),
                "--duration",
                String.valueOf(SECONDS))
            .end(SECONDS);
    return Load.time(report, "delay");
  }

  private static Distribution direct(int players) throws Exception {
    Histogram delays = new Histogram();
    InetAddress here = InetAddress.getLoopbackAddress();
    try (EventLoop sender = EventLoop.start("sender");
        EventLoop receiver = EventLoop.start("receiver")) {
      List<InetSocketAddress> receivers =
          on(
              receiver,
              () -> {
                List<InetSocketAddress> addresses = new ArrayList<>();
                for (int i = 0; i < players; i++) {
                  UdpPort port =
                      receiver.open(
                          here,
                          new Impairment(0, 0, 0),
                          (b, length, from, now) ->
                              delays.record(SendTime.micros(now) - SendTime.read(b, 0, length)));
                  addresses.add(new InetSocketAddress(here, port.number()));
                }
                return addresses;
              });
      on(
          sender,
          () -> {
            UdpPort port = sender.open(here, new Impairment(0, 0, 0), (b, length, from, now) -> {});
            return sender.every(FRAME_NANOS, now -> sendFrame(port, receivers));
          });
      TimeUnit.SECONDS.sleep(SECONDS);
    }
    return Distribution.ofMicros(delays);
  }

  private static void sendFrame(UdpPort port, List<InetSocketAddress> receivers) {
    byte[] packet = new byte[PACKET_BYTES];
    for (int i = 0; i < FRAME_PACKETS; i++) {
      for (InetSocketAddress each : receivers) {
        SendTime.write(packet, SendTime.micros(System.nanoTime()));
        port.send(packet, 0, packet.length, each);
      }
    }
  }

  private interface Opening<T> {
    T open() throws IOException;
  }

  private static <T> T on(EventLoop loop, Opening<T> opening) throws Exception {
    CompletableFuture<T> opened = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            opened.complete(opening.open());
          } catch (IOException e) {
            opened.completeExceptionally(e);
          }
        });
    return opened.get(10, TimeUnit.SECONDS);
  }
}
