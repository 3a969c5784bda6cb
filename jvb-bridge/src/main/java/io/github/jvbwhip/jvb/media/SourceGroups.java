package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.codec.CodecType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which encodings the bridge gets as one source. A source is told once, and its encodings never
 * change: a receiver that has begun to project it would not see new ones. What is learnt later
 * becomes a source of its own: so does an encoder that has begun anew with another SSRC. Pure
 * functions over immutable values.
 *
 * @param groups in the order in which they were told
 * @param forPeople whether each source is a picture that people are shown: then an m-section has
 *     one, and of encodings that the bridge cannot switch between the largest alone is told
 */
public record SourceGroups(List<SourceGroup> groups, boolean forPeople) {
  /** Nothing told yet. */
  public static final SourceGroups NONE = new SourceGroups(List.of(), false);

  /** The same where people are shown each source. */
  public static final SourceGroups NONE_FOR_PEOPLE = new SourceGroups(List.of(), true);

  /** The codecs whose encodings the bridge tells apart by their payload. */
  private static final Set<CodecType> PARSED = EnumSet.of(CodecType.VP8, CodecType.VP9);

  /**
   * How long to wait for the other encodings of a simulcast, in nanoseconds. Publishers get no
   * feedback on packets that wait, and take their first probes of the bandwidth for lost after one
   * second.
   */
  public static final long PATIENCE_NANOS = 400_000_000L;

  /** How long to measure which encoding is the larger one, in nanoseconds. */
  public static final long MEASURE_NANOS = 200_000_000L;

  /**
   * One source.
   *
   * @param section the index of the m-section
   * @param number from 0, within the kind of media
   * @param encodings the lowest quality first
   */
  public record SourceGroup(int section, int number, List<LearntEncoding> encodings) {
    public SourceGroup {
      encodings = List.copyOf(encodings);
    }
  }

  public SourceGroups {
    groups = List.copyOf(groups);
  }

  /**
   * The groups with what has been learnt meanwhile.
   *
   * @param known all encodings that are known
   * @param elapsedNanos since the first packet of an encoding that is in no group
   */
  public SourceGroups with(List<IngestMedia> media, List<LearntEncoding> known, long elapsedNanos) {
    List<SourceGroup> result =
        new ArrayList<>(groups.stream().map(g -> refresh(g, known)).toList());
    for (int section = 0; section < media.size(); section++) {
      boolean simulcast = media.get(section).encodings().size() > 1;
      List<LearntEncoding> fresh = fresh(section, known, simulcast);
      if (fresh.isEmpty()) {
        continue;
      }
      boolean projectable = !simulcast || projectable(media.get(section), fresh);
      if (!simulcast || !projectable && !forPeople) {
        for (LearntEncoding encoding : fresh) {
          add(result, media, section, List.of(encoding));
        }
      } else if (elapsedNanos >= wait(media.get(section), section, known, fresh.size())) {
        add(
            result,
            media,
            section,
            fresh.stream()
                .sorted(Comparator.comparingLong(LearntEncoding::bytesPerSecond))
                .skip(projectable ? 0 : fresh.size() - 1)
                .toList());
      }
    }
    return new SourceGroups(result, forPeople);
  }

  /** Of a simulcast only what has sent: how it is grouped depends on its packets. */
  private List<LearntEncoding> fresh(int section, List<LearntEncoding> known, boolean simulcast) {
    return known.stream()
        .filter(e -> e.section() == section)
        .filter(e -> !simulcast || e.seen())
        .filter(this::isWanted)
        .toList();
  }

  /** Whether it belongs into a group, and is in none. */
  private boolean isWanted(LearntEncoding encoding) {
    if (groupOf(encoding.ssrc()).isPresent()) {
      return false;
    }
    List<LearntEncoding> told =
        encodings().stream().filter(e -> e.section() == encoding.section()).toList();
    return !forPeople
        || told.isEmpty()
        || told.stream().anyMatch(e -> e.index() == encoding.index());
  }

  /** Whether an encoding sends that is in no group. */
  public boolean lacks(List<LearntEncoding> known) {
    return known.stream().anyMatch(e -> e.seen() && isWanted(e));
  }

  /** What stands in the place of this encoding and was told later, the newest last. */
  public List<LearntEncoding> successors(LearntEncoding encoding) {
    List<LearntEncoding> same =
        encodings().stream()
            .filter(e -> e.section() == encoding.section() && e.index() == encoding.index())
            .toList();
    return same.subList(same.indexOf(encoding) + 1, same.size());
  }

  /** The groups that have others than these encodings. */
  public SourceGroups without(List<LearntEncoding> gone) {
    return new SourceGroups(
        groups.stream().filter(group -> !gone.containsAll(group.encodings())).toList(), forPeople);
  }

  /** All encodings of all groups. */
  public List<LearntEncoding> encodings() {
    return groups.stream().flatMap(g -> g.encodings().stream()).toList();
  }

  /** The group of that SSRC. */
  public Optional<SourceGroup> groupOf(long ssrc) {
    return groups.stream()
        .filter(g -> g.encodings().stream().anyMatch(e -> e.ssrc() == ssrc))
        .findFirst();
  }

  /** The same encodings, with retransmission SSRCs that became known. */
  private static SourceGroup refresh(SourceGroup group, List<LearntEncoding> known) {
    return new SourceGroup(
        group.section(),
        group.number(),
        group.encodings().stream()
            .map(old -> known.stream().filter(e -> e.ssrc() == old.ssrc()).findFirst().orElse(old))
            .toList());
  }

  private static void add(
      List<SourceGroup> groups,
      List<IngestMedia> media,
      int section,
      List<LearntEncoding> encodings) {
    // Not their count: of those that were told before, some may have gone.
    int number =
        groups.stream()
            .filter(g -> media.get(g.section()).kind() == media.get(section).kind())
            .mapToInt(g -> g.number() + 1)
            .max()
            .orElse(0);
    groups.add(new SourceGroup(section, number, encodings));
  }

  private static long wait(IngestMedia media, int section, List<LearntEncoding> known, int fresh) {
    if (!complete(media, section, known)) {
      return PATIENCE_NANOS;
    }
    return fresh == 1 ? 0 : MEASURE_NANOS;
  }

  private static boolean complete(IngestMedia media, int section, List<LearntEncoding> known) {
    return known.stream()
            .filter(e -> e.section() == section && e.seen())
            .map(LearntEncoding::index)
            .distinct()
            .count()
        >= media.encodings().size();
  }

  /**
   * Whether the bridge can switch between the encodings: it parses VP8 and VP9, and other codecs by
   * their dependency descriptor. Of those that it does not parse it would forward all encodings
   * mixed.
   */
  private static boolean projectable(IngestMedia media, List<LearntEncoding> encodings) {
    return encodings.stream().allMatch(e -> e.described() || isParsed(media, e.payloadType()));
  }

  private static boolean isParsed(IngestMedia media, int payloadType) {
    return media.codecs().stream()
        .filter(c -> c.payloadType() == payloadType)
        .anyMatch(c -> PARSED.contains(CodecType.of(c.codec())));
  }
}
