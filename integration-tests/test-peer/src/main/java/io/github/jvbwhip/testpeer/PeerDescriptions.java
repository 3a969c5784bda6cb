package io.github.jvbwhip.testpeer;

import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.AnswerWriter;
import io.github.jvbwhip.testpeer.sdp.DescriptionWriter;
import io.github.jvbwhip.testpeer.sdp.LocalEncoding;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.sdp.RemoteDescription;
import io.github.jvbwhip.testpeer.sdp.RemoteMedia;
import io.github.jvbwhip.testpeer.transport.IceParameters;
import io.github.jvbwhip.testpeer.transport.MediaTransport;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The offer and the answer of a peer, and what they start. Thread-safe. */
final class PeerDescriptions {
  private record Offered(OfferSpec spec, List<List<LocalEncoding>> encodings) {}

  private final MediaTransport transport;
  private final PeerMedia media;
  private final String fingerprint;
  private final Random random;
  private volatile @Nullable Offered offered;
  private volatile @Nullable RemoteDescription remote;

  PeerDescriptions(MediaTransport transport, PeerMedia media, String fingerprint, Random random) {
    this.transport = transport;
    this.media = media;
    this.fingerprint = fingerprint;
    this.random = random;
  }

  String offer(OfferSpec spec) {
    List<List<LocalEncoding>> encodings = new ArrayList<>();
    for (MediaSpec section : spec.media()) {
      encodings.add(PeerMedia.encodings(section.rids(), random));
    }
    offered = new Offered(spec, List.copyOf(encodings));
    return writer().offer(spec, encodings);
  }

  void acceptAnswer(String answer) {
    RemoteDescription description = RemoteDescription.parse(answer);
    remote = description;
    for (RemoteMedia section : description.media()) {
      if (!section.isRejected()) {
        media.receiver().expect(Negotiated.of(section), section.rtxSsrcs());
      }
    }
    RemoteMedia first = description.bundled();
    transport.start(first.ice(), first.fingerprint(), true, first.setup().equals("passive"));
  }

  /** The fragment that restarts ICE with these parameters (RFC 8840 section 9, RFC 9725 4.3.3). */
  String restartFragment(IceParameters ice) {
    StringBuilder text = new StringBuilder();
    text.append("a=ice-ufrag:").append(ice.ufrag()).append("\r\n");
    text.append("a=ice-pwd:").append(ice.password()).append("\r\n");
    text.append("m=").append(remote().bundled().kind()).append(" 9 UDP/TLS/RTP/SAVPF 0\r\n");
    text.append("a=mid:").append(remote().bundled().mid()).append("\r\n");
    ice.candidates().forEach(c -> text.append("a=candidate:").append(c).append("\r\n"));
    return text.append("a=end-of-candidates\r\n").toString();
  }

  TestPeer.Answer prepareAnswer(String offer) {
    RemoteDescription description = RemoteDescription.parse(offer);
    remote = description;
    String answer =
        new AnswerWriter(writer()).answer(description, Set.copyOf(EnumSet.allOf(Codec.class)));
    RemoteDescription own = RemoteDescription.parse(answer);
    for (int i = 0; i < own.media().size(); i++) {
      Map<Long, Long> fid = description.media().get(i).rtxSsrcs();
      media.receiver().expect(Negotiated.of(own.media().get(i)), fid);
    }
    RemoteMedia first = description.bundled();
    return new TestPeer.Answer(
        answer,
        () ->
            transport.start(
                first.ice(), first.fingerprint(), false, !first.setup().equals("active")));
  }

  RemoteDescription remote() {
    return Optional.ofNullable(remote).orElseThrow();
  }

  /** The sender of the first m-section of this kind, in what its answer agreed on. */
  MediaSender sender(MediaSpec.Kind kind, VideoSettings settings) {
    Offered mine = Optional.ofNullable(offered).orElseThrow();
    for (int i = 0; i < mine.spec.media().size(); i++) {
      MediaSpec section = mine.spec.media().get(i);
      if (section.kind() == kind) {
        boolean fullFirst = section.rids().equals(List.of("0", "1", "2")); // as OBS does
        return media.addSender(
            Negotiated.of(remote().media().get(i)), mine.encodings.get(i), settings, !fullFirst);
      }
    }
    throw new IllegalStateException("no " + kind + " was offered");
  }

  /** Senders of this kind have other SSRCs from now on. */
  void renewEncodings(MediaSpec.Kind kind) {
    Offered mine = Optional.ofNullable(offered).orElseThrow();
    List<List<LocalEncoding>> renewed = new ArrayList<>();
    for (int i = 0; i < mine.spec.media().size(); i++) {
      MediaSpec section = mine.spec.media().get(i);
      renewed.add(
          section.kind() == kind
              ? PeerMedia.encodings(section.rids(), random)
              : mine.encodings.get(i));
    }
    offered = new Offered(mine.spec, List.copyOf(renewed));
  }

  private DescriptionWriter writer() {
    long id = random.nextLong() >>> 2;
    return new DescriptionWriter(id, fingerprint, transport.localIce());
  }
}
