package io.github.jvbwhip.jvb.videobridge.colibri;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.jvb.host.MediaPlan;
import io.github.jvbwhip.jvb.host.SourcePlan;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jitsi.utils.MediaType;
import org.jitsi.xmpp.extensions.colibri2.Media;
import org.jitsi.xmpp.extensions.colibri2.MediaSource;
import org.jitsi.xmpp.extensions.colibri2.Sources;
import org.jitsi.xmpp.extensions.jingle.ExtmapAllowMixedPacketExtension;
import org.jitsi.xmpp.extensions.jingle.ParameterPacketExtension;
import org.jitsi.xmpp.extensions.jingle.PayloadTypePacketExtension;
import org.jitsi.xmpp.extensions.jingle.RTPHdrExtPacketExtension;
import org.jitsi.xmpp.extensions.jingle.RtcpFbPacketExtension;

/** Payload types, header extensions and sources as XML. */
final class MediaStanzas {
  /** What the bridge knows; it warns about others. */
  private static final Set<HeaderExtensionType> KNOWN_EXTENSIONS =
      EnumSet.complementOf(EnumSet.of(HeaderExtensionType.REPAIRED_RID));

  /** The video codecs whose feedback the bridge reads; that of others it ignores. */
  private static final Set<CodecType> CODECS_WITH_FEEDBACK =
      EnumSet.of(CodecType.VP8, CodecType.VP9, CodecType.AV1, CodecType.H264);

  private static final int MAX_ONE_BYTE_ID = 14;
  private static final int MAX_ID = 127;

  private MediaStanzas() {}

  /**
   * All of an endpoint's media, which share one transport and therefore their numbers.
   *
   * @param receiver whether the endpoint only receives
   */
  static List<Media> media(List<MediaPlan> plans, boolean receiver) {
    Set<Integer> used = new HashSet<>();
    for (MediaPlan plan : plans) {
      for (NegotiatedCodec codec : plan.codecs()) {
        used.add(codec.payloadType());
        codec.rtxPayloadType().ifPresent(used::add);
      }
    }
    return plans.stream().map(plan -> media(plan, receiver, used)).toList();
  }

  private static Media media(MediaPlan plan, boolean receiver, Set<Integer> used) {
    Media.Builder media = Media.getBuilder().setType(mediaType(plan.kind()));
    (receiver && plan.kind() == MediaKind.VIDEO
            ? receivedVideo(plan, used)
            : payloadTypes(plan, used))
        .forEach(media::addPayloadType);
    for (NegotiatedExtension extension : plan.extensions()) {
      if (KNOWN_EXTENSIONS.contains(extension.type()) && extension.id() <= MAX_ID) {
        RTPHdrExtPacketExtension xml = new RTPHdrExtPacketExtension();
        xml.setID(Integer.toString(extension.id()));
        xml.setURI(URI.create(extension.type().uri()));
        media.addRtpHdrExt(xml);
      }
    }
    if (plan.extensions().stream().anyMatch(e -> e.id() > MAX_ONE_BYTE_ID)) {
      media.setExtmapAllowMixed(new ExtmapAllowMixedPacketExtension());
    }
    return media.build();
  }

  private static List<PayloadTypePacketExtension> payloadTypes(MediaPlan plan, Set<Integer> used) {
    List<PayloadTypePacketExtension> all = new ArrayList<>();
    Set<Feedback> unread = EnumSet.noneOf(Feedback.class);
    for (NegotiatedCodec codec : plan.codecs()) {
      all.add(payloadType(codec.payloadType(), codec.codec(), codec.feedback()));
      addRtx(all, codec);
      if (plan.kind() == MediaKind.VIDEO
          && !CODECS_WITH_FEEDBACK.contains(CodecType.of(codec.codec()))) {
        unread.addAll(codec.feedback());
      }
    }
    if (!unread.isEmpty()) {
      feedbackCarrier(used, unread).ifPresent(all::add);
    }
    return all;
  }

  /**
   * What the bridge has to know of a receiver: its retransmission types and its feedback. The video
   * types themselves it would use for one thing only, padding by which it probes for bandwidth, in
   * a stream of its own that the receiver was not told: with a type that the receiver does not have
   * it takes such packets for what they are.
   */
  private static List<PayloadTypePacketExtension> receivedVideo(MediaPlan plan, Set<Integer> used) {
    List<PayloadTypePacketExtension> all = new ArrayList<>();
    Set<Feedback> feedback = EnumSet.noneOf(Feedback.class);
    for (NegotiatedCodec codec : plan.codecs()) {
      feedback.addAll(codec.feedback());
      addRtx(all, codec);
    }
    feedbackCarrier(used, feedback).ifPresent(all::add);
    return all;
  }

  private static void addRtx(List<PayloadTypePacketExtension> all, NegotiatedCodec codec) {
    codec
        .rtxPayloadType()
        .ifPresent(rtx -> all.add(rtx(rtx, codec.payloadType(), codec.codec().clockRate())));
  }

  /**
   * The bridge takes feedback as a property of the endpoint, whichever codec it stands at: a codec
   * that it knows, with a number that nobody has, carries it. Where all are taken, nothing does.
   */
  private static Optional<PayloadTypePacketExtension> feedbackCarrier(
      Set<Integer> used, Set<Feedback> feedback) {
    Codec known = new Codec(MediaKind.VIDEO, CodecType.H264.encodingName(), 90000, 1, Map.of());
    return IntStream.concat(IntStream.rangeClosed(96, 127), IntStream.rangeClosed(35, 63))
        .filter(number -> !used.contains(number))
        .mapToObj(free -> payloadType(free, known, feedback))
        .findFirst();
  }

  private static PayloadTypePacketExtension payloadType(
      int number, Codec codec, Set<Feedback> feedback) {
    PayloadTypePacketExtension xml = new PayloadTypePacketExtension();
    xml.setId(number);
    xml.setName(codec.name());
    xml.setClockrate(codec.clockRate());
    if (codec.channels() > 1) {
      xml.setChannels(codec.channels());
    }
    codec
        .parameters()
        .forEach((name, value) -> xml.addParameter(new ParameterPacketExtension(name, value)));
    feedback.stream().sorted().forEach(each -> xml.addRtcpFeedbackType(feedback(each)));
    return xml;
  }

  private static PayloadTypePacketExtension rtx(int number, int associated, int clockRate) {
    PayloadTypePacketExtension xml = new PayloadTypePacketExtension();
    xml.setId(number);
    xml.setName(CodecType.RTX);
    xml.setClockrate(clockRate);
    xml.addParameter(new ParameterPacketExtension("apt", Integer.toString(associated)));
    return xml;
  }

  private static RtcpFbPacketExtension feedback(Feedback feedback) {
    RtcpFbPacketExtension xml = new RtcpFbPacketExtension();
    String[] words = feedback.sdpValue().split(" ", 2);
    xml.setFeedbackType(words[0]);
    if (words.length > 1) {
      xml.setFeedbackSubtype(words[1]);
    }
    return xml;
  }

  static Sources sources(List<SourcePlan> plans) {
    Sources.Builder sources = Sources.getBuilder();
    for (SourcePlan plan : plans) {
      MediaSource.Builder source =
          MediaSource.getBuilder().setType(mediaType(plan.kind())).setId(plan.name());
      SourceStanzas.ssrcs(plan).forEach(source::addSource);
      SourceStanzas.groups(plan).forEach(source::addSsrcGroup);
      sources.addMediaSource(source.build());
    }
    return sources.build();
  }

  private static MediaType mediaType(MediaKind kind) {
    return kind == MediaKind.AUDIO ? MediaType.AUDIO : MediaType.VIDEO;
  }
}
