package io.github.jvbwhip.embedded.forward;

import static io.github.jvbwhip.embedded.forward.Media.codec;
import static io.github.jvbwhip.embedded.forward.Media.playedVideo;
import static io.github.jvbwhip.embedded.forward.Media.publishedVideo;
import static io.github.jvbwhip.embedded.forward.Media.simulcast;
import static io.github.jvbwhip.embedded.forward.Media.video;
import static io.github.jvbwhip.embedded.forward.TestPublisher.rtp;
import static io.github.jvbwhip.embedded.forward.TestPublisher.vp8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.picture.FirstPicture;
import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.core.rtp.SerialNumber;
import io.github.jvbwhip.embedded.forward.RecordingSink.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Publishers and players that come, go, switch and ask for keyframes at random, by a seed: whatever
 * is kept, squeezed and gone over to, a player sees one stream that it can decode.
 */
class RandomPicturesTest {
  private static final int ROOMS = 60;
  private static final int STEPS = 1500;
  private static final int STEP_MILLIS = 10;
  private static final int STEP_TICKS = 90 * STEP_MILLIS;
  private static final int LENGTH = 400;
  private static final int MOST_TICKS = 10 * 90_000;
  private static final OptionalInt NONE = OptionalInt.empty();
  private static final NegotiatedCodec VP8 = codec(96, video("VP8"), 97);

  /** What a packet tells of itself. */
  private record Frame(int source, int number, boolean keyframe) {
    static Frame of(Sent packet) {
      byte[] payload = packet.payload();
      return new Frame(
          (int) Bytes.u32(payload, payload.length - 4),
          (int) Bytes.u32(payload, payload.length - 8),
          (payload[6] & 1) == 0);
    }

    /** Whether a receiver that has the one before can decode this one. */
    boolean follows(Frame before) {
      return keyframe || source == before.source && number == before.number + 1;
    }
  }

  /** A packet that is on its way for longer. */
  private record Late(int step, Camera from, byte[] packet) {}

  /** A publisher of one encoding or two, which may be deaf to requests. */
  private static final class Camera {
    private final TestPublisher publisher;
    private final int id;
    private final int encodings;
    private final boolean deaf;
    private final int interval;
    private final int[] sequenceNumbers;
    private final int[] frames;
    private final long timestamp;
    private int asked;

    Camera(TestRoom room, int id, Random random) {
      this.id = id;
      encodings = random.nextInt(2) + 1;
      deaf = random.nextBoolean();
      interval = random.nextInt(400) + 20;
      sequenceNumbers = random.ints(encodings, 0, 0x10000).toArray();
      frames = new int[encodings];
      timestamp = random.nextLong(0x1_0000_0000L);
      publisher =
          encodings == 1
              ? room.publisher("s" + id, publishedVideo(1000L * id, VP8))
              : room.publisher("s" + id, simulcast(List.of("f", "q"), VP8));
    }

    /** The next frame of each encoding. */
    List<byte[]> frames(int step) {
      int requests = publisher.keyframeRequests();
      boolean answers = !deaf && requests > asked;
      asked = requests;
      List<byte[]> packets = new ArrayList<>();
      for (int i = 0; i < encodings; i++) {
        packets.add(frame(step, i, answers || frames[i] % interval == 0));
        frames[i]++;
      }
      return packets;
    }

    private byte[] frame(int step, int encoding, boolean keyframe) {
      int frame = frames[encoding];
      int width = encoding == 0 ? 320 : 1280;
      byte[] payload = Arrays.copyOf(vp8(keyframe, frame & 0x7FFF, frame & 0xFF, 0, width), LENGTH);
      Bytes.put32(payload, LENGTH - 8, frame);
      Bytes.put32(payload, LENGTH - 4, id * 10L + encoding);
      int number = sequenceNumbers[encoding]++ & 0xFFFF;
      long ticks = timestamp + (long) step * STEP_TICKS & 0xFFFFFFFFL;
      long ssrc = 1000L * id + encoding;
      return encodings == 1
          ? rtp(96, number, ticks, ssrc, payload)
          : rtp(
              96,
              number,
              ticks,
              ssrc,
              payload,
              Media.MID,
              "v",
              Media.RID,
              encoding == 0 ? "q" : "f");
    }
  }

  /** Fifteen seconds of a room. */
  private static final class Show {
    private final Random random;
    private final boolean lossy;
    private final TestRoom room;
    private final List<Camera> cameras = new ArrayList<>();
    private final List<TestPlayer> players = new ArrayList<>();
    private final List<Late> late = new ArrayList<>();
    private int opened;

    Show(int seed, boolean lossy) {
      random = new Random(seed);
      this.lossy = lossy;
      int most = random.nextBoolean() ? 4_000_000 : 60_000;
      Duration longest = Duration.ofSeconds(random.nextInt(8) + 1);
      room = new TestRoom(new FirstPicture(true, most, longest, 2_000_000));
    }

    private boolean oneIn(int bound) {
      return random.nextInt(bound) == 0;
    }

    List<TestPlayer> run() {
      for (int step = 0; step < STEPS; step++) {
        comeAndGo();
        for (Camera camera : cameras) {
          if (!oneIn(50)) { // Otherwise a pause of a frame.
            for (byte[] packet : camera.frames(step)) {
              send(step, camera, packet);
            }
          }
        }
        sendLate(step);
        room.pass(STEP_MILLIS);
      }
      return players;
    }

    private void comeAndGo() {
      if (cameras.isEmpty() || cameras.size() < 3 && oneIn(200)) {
        opened++;
        cameras.add(new Camera(room, opened, random));
      }
      if (players.size() < 3 && oneIn(100)) {
        players.add(room.player(null, playedVideo("v", codec(120, video("VP8"), 121))));
      }
      if (cameras.size() > 1 && oneIn(300)) {
        cameras.remove(random.nextInt(cameras.size())).publisher.publisher().close(room.now());
      }
      if (!players.isEmpty() && oneIn(60)) {
        Optional<String> rid = oneIn(3) ? Optional.empty() : Optional.of(oneIn(2) ? "q" : "f");
        LayerSelection layer = new LayerSelection(rid, NONE, NONE, NONE, NONE, NONE, NONE);
        anyPlayer().player().selectLayer("v", layer, room.now());
      }
      if (!players.isEmpty() && oneIn(60)) {
        anyPlayer().pli(0);
      }
    }

    private TestPlayer anyPlayer() {
      return players.get(random.nextInt(players.size()));
    }

    private void send(int step, Camera camera, byte[] packet) {
      if (lossy && oneIn(25)) {
        late.add(new Late(step + 1 + random.nextInt(30), camera, packet));
      } else {
        camera.publisher.send(packet);
      }
      if (lossy && oneIn(100)) { // Twice.
        late.add(new Late(step + 1 + random.nextInt(30), camera, packet));
      }
    }

    private void sendLate(int step) {
      for (Iterator<Late> all = late.iterator(); all.hasNext(); ) {
        Late each = all.next();
        if (each.step() <= step) {
          all.remove();
          if (!oneIn(8)) { // Otherwise it is lost.
            each.from().publisher.send(each.packet());
          }
        }
      }
    }
  }

  /** By their sequence numbers, counted on over wrap-arounds; no number comes twice. */
  private static TreeMap<Long, Sent> ordered(String where, List<Sent> packets) {
    TreeMap<Long, Sent> ordered = new TreeMap<>();
    long number = packets.isEmpty() ? 0 : 0x10000 + packets.get(0).sequenceNumber();
    for (Sent packet : packets) {
      number += (short) (packet.sequenceNumber() - (int) number);
      assertThat(ordered.put(number, packet)).as(where + ": " + number + " twice").isNull();
    }
    return ordered;
  }

  /**
   * Checks one player's packets.
   *
   * @return how many of them were squeezed
   */
  private static int check(String where, List<Sent> packets, boolean lossy) {
    int squeezed = 0;
    Map.Entry<Long, Sent> before = null;
    for (Map.Entry<Long, Sent> entry : ordered(where, packets).entrySet()) {
      Sent packet = entry.getValue();
      Frame frame = Frame.of(packet);
      if (before == null) {
        assertThat(frame.keyframe()).as(where).isTrue();
      } else {
        Sent last = before.getValue();
        boolean next = entry.getKey() == before.getKey() + 1;
        String at = where + ", after " + Frame.of(last) + ": " + frame;
        int ticks = SerialNumber.difference32(packet.timestamp(), last.timestamp());
        assertThat(ticks).as(at).isBetween(1, MOST_TICKS);
        assertThat(next || lossy).as(at).isTrue();
        assertThat(frame.follows(Frame.of(last)) || !next).as(at).isTrue();
        if (!lossy) {
          assertThat(packet.vp8().pictureId())
              .as(at)
              .isEqualTo(last.vp8().pictureId() + 1 & 0x7FFF);
        }
        squeezed += ticks < STEP_TICKS * 9 / 10 ? 1 : 0;
      }
      before = entry;
    }
    return squeezed;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_player_sees_one_stream_that_it_can_decode(boolean lossy) {
    int squeezed = 0;
    int sent = 0;
    for (int seed = 0; seed < ROOMS; seed++) {
      for (TestPlayer player : new Show(seed, lossy).run()) {
        List<Sent> packets = player.received(0);
        sent += packets.size();
        squeezed += check("seed " + seed, packets, lossy);
      }
    }
    assertThat(squeezed).as("of " + sent).isGreaterThan(sent / 50);
  }
}
