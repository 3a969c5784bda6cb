package io.github.jvbwhip.core.rtp.payload;

import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.core.rtp.SerialNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The parameter sets of one stream of H.264 or H.265, without which no keyframe can be decoded.
 * Some publishers send them once, or tell them in their offer alone: then who joins later needs
 * them from whoever forwards the stream. Not thread-safe; allocates only when a set is new.
 */
public final class ParameterSets {
  /** Streams have one of each kind, some encoders two or three. */
  private static final int MAX_SETS = 12;

  /** All sets go out in one packet. */
  private static final int MAX_LENGTH = 1100;

  /** Ten seconds: what is older has begun its timestamps anew. */
  private static final int REORDERED_TICKS = 900_000;

  private static final int LENGTH_FIELD = 2;
  private static final Comparator<Unit> SENDING_ORDER =
      Comparator.comparingInt(Unit::kind).thenComparingInt(Unit::id);

  private record Unit(int kind, int id, byte[] bytes) {}

  private final NalFormat format;
  private final int allKinds;
  private final List<Unit> units = new ArrayList<>();
  private byte[] aggregate = {};
  private int knownKinds;

  /** The newest picture, and which kinds of sets it has brought or been given. */
  private long pictureTimestamp;

  private int pictureKinds;
  private boolean started;

  /** Whether a keyframe has come without sets, not all of which are known. Read by any thread. */
  private volatile boolean lacking;

  /** Whether all that is known is of the stream whose place this one has taken. */
  private boolean inherited;

  private ParameterSets(NalFormat format) {
    this.format = format;
    allKinds = (1 << format.kinds()) - 1;
  }

  /**
   * Those of a stream that takes the place of another: what that sent counts until its own come.
   */
  public ParameterSets(ParameterSets before) {
    this(before.format);
    units.addAll(before.units);
    aggregate = before.aggregate;
    knownKinds = before.knownKinds;
    inherited = true;
  }

  /**
   * Those of H.264.
   *
   * @param parameters the publisher's format parameters (RFC 6184 §8.1)
   */
  public static ParameterSets h264(Map<String, String> parameters) {
    ParameterSets sets = new ParameterSets(NalFormat.H264);
    sets.addEncoded(parameters.getOrDefault("sprop-parameter-sets", ""));
    return sets;
  }

  /**
   * Those of H.265.
   *
   * @param parameters the publisher's format parameters (RFC 7798 §7.1)
   */
  public static ParameterSets h265(Map<String, String> parameters) {
    ParameterSets sets = new ParameterSets(NalFormat.H265);
    sets.addEncoded(parameters.getOrDefault("sprop-vps", ""));
    sets.addEncoded(parameters.getOrDefault("sprop-sps", ""));
    sets.addEncoded(parameters.getOrDefault("sprop-pps", ""));
    return sets;
  }

  /** Sets in Base64, separated by commas; what is garbage is passed over. */
  private void addEncoded(String list) {
    for (String each : list.split(",")) {
      try {
        byte[] unit = Base64.getDecoder().decode(each.strip());
        keep(unit, 0, unit.length);
      } catch (IllegalArgumentException e) {
        continue; // Not Base64: the stream may bring it yet.
      }
    }
  }

  /**
   * Takes the payload's sets in.
   *
   * @return whether a keyframe's picture data begin here, to which sets are missing that are known:
   *     {@link #write} them before it
   */
  public boolean isLackedBy(byte[] b, int at, int length, long timestamp) {
    if (length <= format.headerLength) {
      return false;
    }
    int ahead = SerialNumber.difference32(timestamp, pictureTimestamp);
    if (!started || ahead > 0 || ahead < -REORDERED_TICKS) {
      started = true;
      pictureTimestamp = timestamp;
      pictureKinds = 0;
    }
    boolean randomAccess = read(b, at, length);
    if (!randomAccess || timestamp != pictureTimestamp || pictureKinds == allKinds) {
      return false;
    }
    pictureKinds = allKinds;
    lacking = knownKinds != allKinds;
    return !lacking;
  }

  /** Reads the units of a payload; returns whether a slice of a keyframe is, or begins, there. */
  private boolean read(byte[] b, int at, int length) {
    int end = at + length;
    int type = format.type(b, at);
    if (format.isFragment(type)) {
      return format.isStart(b, at) && format.isRandomAccess(format.fragmentType(b, at));
    }
    if (!format.isAggregation(type)) {
      return readUnit(b, at, end);
    }
    int field = at + format.headerLength;
    boolean randomAccess = false;
    while (field + LENGTH_FIELD + format.headerLength < end && !randomAccess) {
      int unit = field + LENGTH_FIELD;
      int next = unit + Bytes.u16(b, field);
      if (next > end) {
        break;
      }
      randomAccess = next - unit > format.headerLength && readUnit(b, unit, next);
      field = next;
    }
    return randomAccess;
  }

  private boolean readUnit(byte[] b, int unit, int end) {
    int type = format.type(b, unit);
    int kind = format.setKind(type);
    if (kind >= 0) {
      pictureKinds |= 1 << kind;
      forgetInherited();
      keep(b, unit, end);
    }
    return format.isRandomAccess(type);
  }

  /** Sets of two encoders do not belong together, not even when one of each kind is known. */
  private void forgetInherited() {
    if (inherited) {
      inherited = false;
      units.clear();
      knownKinds = 0;
    }
  }

  private void keep(byte[] b, int at, int end) {
    for (int i = 0; i < units.size(); i++) {
      byte[] known = units.get(i).bytes();
      if (Arrays.equals(known, 0, known.length, b, at, end)) {
        return;
      }
    }
    int kind = end - at > format.headerLength ? format.setKind(format.type(b, at)) : -1;
    if (kind < 0) {
      return;
    }
    Unit unit = new Unit(kind, format.setId(kind, b, at, end), Arrays.copyOfRange(b, at, end));
    int others = 0;
    int length = format.headerLength + LENGTH_FIELD + unit.bytes().length;
    for (Unit each : units) {
      if (each.kind() != unit.kind() || each.id() != unit.id()) {
        others++;
        length += LENGTH_FIELD + each.bytes().length;
      }
    }
    if (others < MAX_SETS && length <= MAX_LENGTH) {
      units.removeIf(each -> each.kind() == unit.kind() && each.id() == unit.id());
      units.add(unit);
      units.sort(SENDING_ORDER);
      knownKinds |= 1 << kind;
      aggregate = aggregate(length);
      if (knownKinds == allKinds) {
        lacking = false;
      }
    }
  }

  private byte[] aggregate(int length) {
    byte[] payload = new byte[length];
    format.writeAggregationHeader(payload, 0);
    int at = format.headerLength;
    for (Unit unit : units) {
      Bytes.put16(payload, at, unit.bytes().length);
      System.arraycopy(unit.bytes(), 0, payload, at + LENGTH_FIELD, unit.bytes().length);
      at += LENGTH_FIELD + unit.bytes().length;
    }
    return payload;
  }

  /** Whether keyframes come that nobody can decode: sets are missing, here too. Any thread. */
  public boolean isLacking() {
    return lacking;
  }

  /** Length of the payload that has all sets, in bytes. */
  public int length() {
    return aggregate.length;
  }

  /** Writes the payload that has all sets: an aggregation packet, which all receivers unpack. */
  public void write(byte[] b, int at) {
    System.arraycopy(aggregate, 0, b, at, aggregate.length);
  }
}
