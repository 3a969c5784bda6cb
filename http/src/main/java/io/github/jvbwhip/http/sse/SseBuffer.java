package io.github.jvbwhip.http.sse;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The events of one stream: those that wait to be sent and, as far as there is room, those that
 * were sent and may be asked for again. Bounded in events and in bytes; not thread-safe.
 */
final class SseBuffer {
  private record Entry(long id, SseFrame frame) {}

  private final int maxEvents;
  private final int maxBytes;
  private final ArrayDeque<Entry> entries = new ArrayDeque<>(4);
  private int bytes;
  private long lastId;

  /** The id of the newest event that was taken; what is newer is unsent. */
  private long takenId;

  SseBuffer(int maxEvents, int maxBytes) {
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
  }

  /**
   * Adds an event, and drops the oldest ones where the limits ask for it.
   *
   * @return false when one of those dropped had not been taken yet
   */
  boolean add(SseFrame frame) {
    if (frame.topic().isPresent()) {
      entries.removeIf(
          entry -> {
            boolean obsolete = entry.frame().topic().equals(frame.topic());
            bytes -= obsolete ? entry.frame().bytes().length : 0;
            return obsolete;
          });
    }
    lastId++;
    entries.addLast(new Entry(lastId, frame));
    bytes += frame.bytes().length;
    boolean nothingLost = true;
    while (entries.size() > maxEvents || (bytes > maxBytes && entries.size() > 1)) {
      Entry dropped = entries.removeFirst();
      bytes -= dropped.frame().bytes().length;
      nothingLost &= dropped.id() <= takenId;
    }
    return nothingLost;
  }

  /** All that is unsent, with its ids, ready to be written; null when there is nothing. */
  byte @Nullable [] take() {
    if (takenId == lastId) {
      return null;
    }
    ByteArrayOutputStream chunk = new ByteArrayOutputStream(256);
    for (Entry entry : entries) {
      if (entry.id() > takenId) {
        chunk.writeBytes(SseEncoder.id(entry.id()));
        chunk.writeBytes(entry.frame().bytes());
      }
    }
    takenId = lastId;
    return chunk.size() == 0 ? null : chunk.toByteArray();
  }

  /**
   * Makes what came after that event unsent again, as far as it is still there. An id that was
   * never given out changes nothing.
   */
  void rewind(long lastEventId) {
    if (lastEventId >= 0 && lastEventId <= lastId) {
      takenId = lastEventId;
    }
  }

  /** Forgets all events; ids go on. */
  void clear() {
    entries.clear();
    bytes = 0;
    takenId = lastId;
  }
}
