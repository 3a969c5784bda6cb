package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.JitsiMeet.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.xmpp.Person;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jivesoftware.smack.packet.Presence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What publishers in meetings cost, with a real Jicofo on a real bridge: the figures are written to
 * {@code target/meeting-load.txt}; the limits are those of a machine that has much else to do.
 */
@RequiresJitsiMeet
@Timeout(300)
class MeetingLoadJvbTest {
  private static final int MANY = 50;
  private static final long APART_MILLIS = 100;
  private static final long AGAIN_MILLIS = 1000;
  private static final int WARM_UP = 8;
  private static final int MEASURED = 15;
  private static final long OWN_LIMIT_MILLIS = 500;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int THREADS_EACH = 2;
  private static final int THREADS_BESIDES = 150;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static void note(String format, Object... values) throws IOException {
    Files.writeString(
        Path.of("target", "meeting-load.txt"),
        String.format(Locale.ROOT, format, values) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static HttpRequest.Builder request(URI url) {
    return HttpRequest.newBuilder(url)
        .timeout(LIMIT)
        .header("Authorization", "Bearer " + TOKEN)
        .header("Content-Type", "application/sdp");
  }

  private static HttpResponse<String> publish(JitsiMeet meet, String room, String offer)
      throws Exception {
    HttpResponse<String> created =
        CLIENT.send(post(meet, room, offer), HttpResponse.BodyHandlers.ofString());
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    return created;
  }

  private static HttpRequest post(JitsiMeet meet, String room, String offer) {
    return request(meet.whip(room)).POST(HttpRequest.BodyPublishers.ofString(offer)).build();
  }

  private static CompletableFuture<Void> later(long millis) {
    return CompletableFuture.runAsync(
        () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
  }

  /** As a client does that is told to try again. */
  private static CompletableFuture<Void> tryToPublish(HttpRequest post, AtomicInteger refused) {
    return CLIENT
        .sendAsync(post, HttpResponse.BodyHandlers.ofString())
        .thenCompose(
            answer -> {
              if (answer.statusCode() != 503) {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
                return CompletableFuture.completedFuture(null);
              }
              refused.incrementAndGet();
              return later(AGAIN_MILLIS).thenCompose(go -> tryToPublish(post, refused));
            });
  }

  private static void delete(HttpResponse<String> created) throws Exception {
    URI session = created.uri().resolve(created.headers().firstValue("Location").orElseThrow());
    CLIENT.send(request(session).DELETE().build(), HttpResponse.BodyHandlers.ofString());
  }

  /** What one POST took, in milliseconds. */
  private record Part(double total, double own, double server) {
    /** Whoever is to send next has the time until then: the plugin, or those behind the server. */
    static Part of(long start, List<XmppTap.Seen> seen, long end) {
      long last = start;
      long own = 0;
      long others = 0;
      for (XmppTap.Seen each : seen) {
        if (each.nanoTime() > end) {
          break;
        }
        if (each.sent()) {
          own += each.nanoTime() - last;
        } else {
          others += each.nanoTime() - last;
        }
        last = each.nanoTime();
      }
      own += end - last;
      return new Part((end - start) / 1e6, own / 1e6, others / 1e6);
    }
  }

  private static double median(List<Part> parts, ToDoubleFunction<Part> of) {
    return parts.stream().mapToDouble(of).sorted().toArray()[parts.size() / 2];
  }

  @Test
  void a_publisher_is_let_in_as_fast_as_the_meeting_does() throws Exception {
    AtomicReference<XmppTap> tap = new AtomicReference<>();
    try (JitsiMeet meet =
            JitsiMeet.startOrSkip(
                port -> {
                  tap.set(XmppTap.before(port));
                  return tap.get().port();
                });
        XmppTap between = tap.get();
        TestPeer peer = TestPeer.open();
        Person person = meet.join("measured")) {
      assertThat(person.isIn()).isTrue();
      String offer = peer.offer(OfferSpec.publisher(Codec.VP8));
      List<Part> parts = new ArrayList<>();
      for (int i = 0; i < WARM_UP + MEASURED; i++) {
        between.take();
        long start = System.nanoTime();
        HttpResponse<String> created = publish(meet, "measured", offer);
        long end = System.nanoTime();
        List<XmppTap.Seen> seen = between.take();
        if (i >= WARM_UP) {
          parts.add(Part.of(start, seen, end));
        }
        if (i == WARM_UP + MEASURED - 1) {
          for (XmppTap.Seen each : seen) {
            String text = each.text();
            note(
                "  %7.1f %s %s",
                (each.nanoTime() - start) / 1e6,
                each.sent() ? ">" : "<",
                text.substring(0, Math.min(text.length(), 160)).replaceAll("\\s+", " "));
          }
        }
        delete(created);
        person.await("it leaves", seenNow -> seenNow.getType() == Presence.Type.unavailable);
      }
      note(
          "POST to 201, median of %d: %.0f ms, of which the plugin %.0f ms, the server and Jicofo"
              + " %.0f ms",
          MEASURED,
          median(parts, Part::total),
          median(parts, Part::own),
          median(parts, Part::server));
      assertThat(median(parts, Part::own)).isLessThan(OWN_LIMIT_MILLIS);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fifty_publishers_join_fifty_rooms(boolean webSocket) throws Exception {
    List<Person> people = new ArrayList<>();
    try (JitsiMeet meet = webSocket ? JitsiMeet.overWebSocketOrSkip() : JitsiMeet.startOrSkip();
        TestPeer peer = TestPeer.open()) {
      for (int i = 0; i <= MANY; i++) {
        people.add(meet.join("room-" + i));
      }
      String offer = peer.offer(OfferSpec.publisher(Codec.VP8));
      for (int i = 0; i < WARM_UP; i++) {
        delete(publish(meet, "room-" + i, offer));
      }
      publish(meet, "room-" + MANY, offer);
      Cost before = Cost.of(meet.bridge());

      long start = System.nanoTime();
      AtomicInteger refused = new AtomicInteger();
      List<CompletableFuture<Void>> answers = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        HttpRequest post = post(meet, "room-" + i, offer);
        answers.add(later(i * APART_MILLIS).thenCompose(go -> tryToPublish(post, refused)));
      }
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
          .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      double seconds = (System.nanoTime() - start) / 1e9;
      Cost after = Cost.of(meet.bridge());
      note(
          "%d publishers over %s: %.1f s, %d times 503; threads %d, then %d %s; heap of each %.0f kB",
          MANY,
          webSocket ? "WebSocket" : "TCP",
          seconds,
          refused.get(),
          before.threads(),
          after.threads(),
          after.more(before),
          (after.heap() - before.heap()) / 1e3 / MANY);
      assertThat(after.threads() - before.threads())
          .isLessThanOrEqualTo(THREADS_EACH * MANY + THREADS_BESIDES);
    } finally {
      people.forEach(Person::close);
    }
  }

  /**
   * What a bridge has.
   *
   * @param names how many threads of each name, without numbers
   * @param heap bytes that are reachable
   */
  private record Cost(Map<String, Long> names, long heap) {
    static Cost of(JvbProcess bridge) throws Exception {
      Map<String, Long> names =
          jcmd(bridge, "Thread.print")
              .lines()
              .filter(line -> line.startsWith("\"") && line.contains("tid="))
              .map(line -> line.substring(1, line.indexOf('"', 1)).replaceAll("[0-9]+", "#"))
              .map(name -> name.replaceAll("(Smack [A-Za-z ]+).*", "$1"))
              .collect(Collectors.groupingBy(n -> n, TreeMap::new, Collectors.counting()));
      String total =
          jcmd(bridge, "GC.class_histogram")
              .lines()
              .filter(line -> line.startsWith("Total"))
              .findFirst()
              .orElseThrow();
      return new Cost(names, Long.parseLong(total.trim().replaceAll(".* ", "")));
    }

    private static String jcmd(JvbProcess bridge, String command) throws Exception {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(bridge.pid()),
                  command)
              .redirectErrorStream(true)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    int threads() {
      return (int) names.values().stream().mapToLong(Long::longValue).sum();
    }

    Map<String, Long> more(Cost before) {
      Map<String, Long> more = new TreeMap<>();
      names.forEach(
          (name, count) -> {
            long others = count - before.names().getOrDefault(name, 0L);
            if (others != 0) {
              more.put(name, others);
            }
          });
      return more;
    }
  }
}
