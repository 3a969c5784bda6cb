package io.github.jvbwhip.core.rtp.payload;

import org.jspecify.annotations.Nullable;

/** How the units of H.264 (RFC 6184) and H.265 (RFC 7798) lie in payloads, and what they are. */
enum NalFormat {
  /** SPS and PPS; STAP-A and FU-A. */
  H264(1, 24, 28, 7, new int[] {7, 8}) {
    @Override
    int type(byte[] b, int unit) {
      return b[unit] & 0x1F;
    }

    @Override
    int fragmentType(byte[] b, int at) {
      return b[at + 1] & 0x1F;
    }

    @Override
    boolean isRandomAccess(int type) {
      return type == 5;
    }

    @Override
    @Nullable VideoSize size(BitReader sps) {
      return H264Sps.size(sps);
    }

    @Override
    int setId(int kind, byte[] b, int unit, int end) {
      // An SPS has its profile and level first.
      return (int) BitReader.plain(b, unit + (kind == 0 ? 4 : 1), end).ue();
    }

    @Override
    void writeAggregationHeader(byte[] b, int at) {
      // Parameter sets have the highest importance (NRI), and so has what contains them.
      b[at] = 0x60 | 24;
    }
  },

  /** VPS, SPS and PPS; AP and FU. DONL fields are not expected: WebRTC does not negotiate them. */
  H265(2, 48, 49, 33, new int[] {32, 33, 34}) {
    @Override
    int type(byte[] b, int unit) {
      return b[unit] >> 1 & 0x3F;
    }

    @Override
    int fragmentType(byte[] b, int at) {
      return b[at + 2] & 0x3F;
    }

    @Override
    boolean isRandomAccess(int type) {
      return type >= 16 && type <= 21;
    }

    @Override
    @Nullable VideoSize size(BitReader sps) {
      return H265Sps.size(sps);
    }

    @Override
    int setId(int kind, byte[] b, int unit, int end) {
      // The id of an SPS comes after a profile of some length: one is enough.
      return kind == 2 ? (int) BitReader.plain(b, unit + 2, end).ue() : 0;
    }

    @Override
    void writeAggregationHeader(byte[] b, int at) {
      b[at] = 48 << 1;
      b[at + 1] = 1;
    }
  };

  /** Of a unit, in bytes; that of an aggregation packet is as long. */
  final int headerLength;

  private final int aggregation;
  private final int fragmentation;
  private final int sps;
  private final int[] sets;

  NalFormat(int headerLength, int aggregation, int fragmentation, int sps, int[] sets) {
    this.headerLength = headerLength;
    this.aggregation = aggregation;
    this.fragmentation = fragmentation;
    this.sps = sps;
    this.sets = sets;
  }

  /** How many kinds of parameter sets a keyframe needs. */
  int kinds() {
    return sets.length;
  }

  /** Which kind of parameter set this type of unit is, in the order of sending; else -1. */
  int setKind(int type) {
    for (int kind = 0; kind < sets.length; kind++) {
      if (sets[kind] == type) {
        return kind;
      }
    }
    return -1;
  }

  /** Whether it is a parameter set that comes first: one before the PPS. */
  boolean beginsKeyframe(int type) {
    int kind = setKind(type);
    return kind >= 0 && kind < sets.length - 1;
  }

  boolean isSps(int type) {
    return type == sps;
  }

  boolean isAggregation(int type) {
    return type == aggregation;
  }

  boolean isFragment(int type) {
    return type == fragmentation;
  }

  /** Whether a unit starts in this fragment. */
  boolean isStart(byte[] b, int at) {
    return b[at + headerLength] < 0;
  }

  abstract int type(byte[] b, int unit);

  /** The type of the unit that is in fragments. */
  abstract int fragmentType(byte[] b, int at);

  /** Whether a slice of that type is one of a keyframe. */
  abstract boolean isRandomAccess(int type);

  /** The size of the picture that an SPS tells, after its header; null where that is garbage. */
  abstract @Nullable VideoSize size(BitReader sps);

  /** The number by which others refer to the parameter set. */
  abstract int setId(int kind, byte[] b, int unit, int end);

  abstract void writeAggregationHeader(byte[] b, int at);
}
