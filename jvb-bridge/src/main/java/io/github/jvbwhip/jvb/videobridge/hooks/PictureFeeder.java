package io.github.jvbwhip.jvb.videobridge.hooks;

import io.github.jvbwhip.core.picture.Pace;
import io.github.jvbwhip.core.picture.PictureCursor;
import io.github.jvbwhip.core.threads.DaemonThreads;
import io.github.jvbwhip.jvb.media.Feed;
import io.github.jvbwhip.jvb.media.Feeding;
import io.github.jvbwhip.jvb.media.KeptPicture;
import io.github.jvbwhip.jvb.media.KeptPictures;
import io.github.jvbwhip.jvb.media.SlotRewriter;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jitsi.nlj.PacketInfo;
import org.jitsi.nlj.Transceiver;
import org.jitsi.videobridge.Endpoint;
import org.jitsi.videobridge.util.ByteBufferPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends players that join or switch what was kept of their source, until the bridge forwards it to
 * them: of what it parses, that begins at a keyframe. Thread-safe; has a thread while there is
 * something to send.
 */
public final class PictureFeeder {
  private static final Logger LOG = LoggerFactory.getLogger(PictureFeeder.class);
  private static final long STEP_MILLIS = 5;

  /** What the bridge leaves around packets for header extensions and for SRTP. */
  private static final int ROOM_BEFORE = 10;

  private static final int ROOM_AFTER = 40;

  private final KeptPictures pictures;
  private final ScheduledThreadPoolExecutor thread;

  public PictureFeeder(KeptPictures pictures) {
    this.pictures = pictures;
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            DaemonThreads.numbered(
                "jvb-whip-feed", fault -> LOG.error("A thread ended by a fault", fault)));
    thread.setKeepAliveTime(1, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
  }

  /** What is kept. */
  public KeptPictures pictures() {
    return pictures;
  }

  /** Begins to send a player what is kept of the source that its stream waits for, if anything. */
  public void begin(Endpoint player, SlotRewriter slot, Feed source) {
    KeptPicture kept = pictures.find(source.endpointId(), source.ssrc());
    if (kept == null || slot.isFedWith(source)) {
      return;
    }
    PictureCursor cursor = new PictureCursor();
    Pace pace = new Pace();
    if (kept.begin(cursor, pace, slot.current() == null, System.nanoTime())) {
      Run run = new Run(player, slot, slot.feed(source), kept, cursor, pace);
      thread.execute(run);
    }
  }

  private final class Run implements Runnable {
    private final Endpoint player;
    private final Transceiver transceiver;
    private final SlotRewriter slot;
    private final Feeding feeding;
    private final KeptPicture kept;
    private final PictureCursor cursor;
    private final Pace pace;
    private boolean begun;
    private @Nullable KeptPacket next;

    Run(
        Endpoint player,
        SlotRewriter slot,
        Feeding feeding,
        KeptPicture kept,
        PictureCursor cursor,
        Pace pace) {
      this.player = player;
      this.transceiver = player.getTransceiver();
      this.slot = slot;
      this.feeding = feeding;
      this.kept = kept;
      this.cursor = cursor;
      this.pace = pace;
    }

    /** A fault costs the player the rest of this picture. */
    @Override
    @SuppressWarnings("IllegalCatch")
    public void run() {
      boolean more = false;
      try {
        more = step();
      } catch (RuntimeException | Error e) {
        LOG.error("Endpoint {} does not get what was kept of a picture", player.getId(), e);
      } finally {
        if (more) {
          var unused = thread.schedule(this, STEP_MILLIS, TimeUnit.MILLISECONDS);
        } else {
          feeding.end();
        }
      }
    }

    private boolean step() {
      int left = pace.allowance(System.nanoTime());
      while (left > 0 && kept.read(cursor, this::copy)) {
        KeptPacket packet = next;
        if (packet == null) {
          return false; // Another keyframe: the bridge goes on with it.
        }
        next = null;
        left -= packet.getLength();
        pace.spent(packet.getLength());
        transceiver.sendPacket(new PacketInfo(packet));
      }
      return !feeding.isOver() && !player.isExpired() && kept.goesOn(cursor);
    }

    /** Under the lock of what is kept. */
    private void copy(PictureCursor at) {
      if (at.isFirst() && begun) {
        return;
      }
      begun = true;
      byte[] buffer = ByteBufferPool.getBuffer(ROOM_BEFORE + at.length() + ROOM_AFTER);
      System.arraycopy(at.buffer(), at.offset(), buffer, ROOM_BEFORE, at.length());
      next =
          new KeptPacket(
              buffer,
              ROOM_BEFORE,
              at.length(),
              slot,
              feeding,
              at.isFirst(),
              kept.bytesAfter(at) == 0);
    }
  }
}
