package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.PublisherLimits;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.sdp.RtpAttribute.Fmtp;
import io.github.jvbwhip.core.sdp.SdpLine.Field;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an answer tells a publisher of its limits, as far as a standard has words for it and no
 * client breaks by them.
 */
final class ToldLimits {
  /** What an audio section is left, in bits per second: Opus in stereo, at its best. */
  private static final long AUDIO = 128_000;

  /** Audio has no more than this part of all. */
  private static final int AUDIO_PART = 4;

  private static final String MAX_FRAME_SIZE = "max-fs";

  private final PublisherLimits limits;
  private final long videos;
  private final long audios;

  ToldLimits(PublisherLimits limits, List<IngestMedia> media) {
    this.limits = limits;
    this.videos = media.stream().filter(m -> m.kind() == MediaKind.VIDEO).count();
    this.audios = media.size() - videos;
  }

  /**
   * The bandwidth of a section (RFC 8866 §5.8, RFC 3890 §6.2): of video, its part of what audio
   * leaves; of audio where there is nothing else. Chromium takes the last one that it knows,
   * Firefox {@code TIAS} alone.
   */
  List<Field> bandwidth(IngestMedia section) {
    OptionalLong share = share(section.kind());
    return share.isPresent()
        ? List.of(
            new Field('b', "AS:" + Math.max(1, share.getAsLong() / 1000)),
            new Field('b', "TIAS:" + share.getAsLong()))
        : List.of();
  }

  private OptionalLong share(MediaKind kind) {
    if (limits.maxBitrate().isEmpty() || kind == MediaKind.AUDIO && videos > 0) {
      return OptionalLong.empty();
    }
    long all = limits.maxBitrate().getAsLong();
    if (kind == MediaKind.AUDIO) {
      return OptionalLong.of(Math.max(1, all / audios));
    }
    long left = all - Math.min(audios * AUDIO, all / AUDIO_PART);
    return OptionalLong.of(Math.max(1, left / videos));
  }

  /** The parameters to write, with the largest frame where the codec can be told one. */
  List<Fmtp> parameters(IngestMedia section, List<Fmtp> echoed) {
    if (limits.maxResolution().isEmpty()) {
      return echoed;
    }
    int most = limits.maxResolution().get().macroblocks();
    Map<Integer, Fmtp> result = new TreeMap<>();
    echoed.forEach(fmtp -> result.put(fmtp.payloadType(), fmtp));
    for (NegotiatedCodec codec : section.codecs()) {
      if (takesFrameSize(codec, most)) {
        result.compute(codec.payloadType(), (number, fmtp) -> with(number, fmtp, most));
      }
    }
    return List.copyOf(result.values());
  }

  /**
   * VP8's own parameter (RFC 7741 §6.1) is VP9's too (RFC 9628 §6). H264's may not be lower than
   * what the level allows (RFC 6184 §8.1). AV1 and H265 have levels alone, by which clients tell
   * formats apart.
   */
  private static boolean takesFrameSize(NegotiatedCodec codec, int macroblocks) {
    return switch (CodecType.of(codec.codec())) {
      case VP8, VP9 -> true;
      case H264 -> H264Profile.frameSize(codec.codec()) <= macroblocks;
      default -> false;
    };
  }

  private static Fmtp with(int payloadType, @Nullable Fmtp fmtp, int macroblocks) {
    if (fmtp == null) {
      return new Fmtp(payloadType, MAX_FRAME_SIZE + "=" + macroblocks);
    }
    Map<String, String> parameters = fmtp.parameters();
    if (!parameters.containsKey(MAX_FRAME_SIZE)) {
      return new Fmtp(payloadType, fmtp.text().strip() + ";" + MAX_FRAME_SIZE + "=" + macroblocks);
    }
    OptionalInt own = number(parameters.get(MAX_FRAME_SIZE));
    if (own.isPresent() && own.getAsInt() <= macroblocks) {
      return fmtp;
    }
    parameters.put(MAX_FRAME_SIZE, String.valueOf(macroblocks));
    return new Fmtp(
        payloadType,
        parameters.entrySet().stream()
            .map(e -> e.getValue().isEmpty() ? e.getKey() : e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(";")));
  }

  private static OptionalInt number(@Nullable String digits) {
    boolean number =
        digits != null
            && !digits.isEmpty()
            && digits.length() <= 9
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
  }
}
