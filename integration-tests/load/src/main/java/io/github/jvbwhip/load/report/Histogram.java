package io.github.jvbwhip.load.report;

/**
 * Counts values that are not negative in buckets of at most 1.6 % of their size, with an exact
 * maximum. Recording allocates nothing. Not thread-safe.
 */
public final class Histogram {
  /** Buckets for each power of two. */
  private static final int FINENESS = 64;

  private static final int FINENESS_BITS = 6;

  private final long[] counts = new long[(Long.SIZE - FINENESS_BITS) * FINENESS];
  private long count;
  private long max;

  /** Takes a value; a negative one as zero. */
  public void record(long value) {
    long counted = Math.max(0, value);
    counts[bucket(counted)]++;
    count++;
    max = Math.max(max, counted);
  }

  /** Takes all values of another one. */
  public void add(Histogram other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    count += other.count;
    max = Math.max(max, other.max);
  }

  /** Forgets all. */
  public void clear() {
    java.util.Arrays.fill(counts, 0);
    count = 0;
    max = 0;
  }

  public long count() {
    return count;
  }

  public long max() {
    return max;
  }

  /** The value that this part (0 to 1) of all values does not exceed; 0 when there are none. */
  public long quantile(double part) {
    long rank = Math.max(1, (long) Math.ceil(part * count));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return Math.min(max, highestOf(i));
      }
    }
    return 0;
  }

  /** Small values have a bucket each; then each power of two is cut into equal ones. */
  private static int bucket(long value) {
    if (value < FINENESS) {
      return (int) value;
    }
    int shift = Long.SIZE - Long.numberOfLeadingZeros(value) - FINENESS_BITS - 1;
    return shift * FINENESS + (int) (value >>> shift);
  }

  private static long highestOf(int bucket) {
    if (bucket < 2 * FINENESS) {
      return bucket;
    }
    int shift = bucket / FINENESS - 1;
    long top = bucket % FINENESS + FINENESS;
    return (top + 1 << shift) - 1;
  }
}
