package io.github.jvbwhip.testpeer.sdp;

import io.github.jvbwhip.testpeer.sdp.MediaSpec.Direction;
import io.github.jvbwhip.testpeer.transport.IceParameters;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Writes offers as text, line by line, with CRLF. Immutable. */
public final class DescriptionWriter {
  private static final String STREAM = "test-peer";

  private final long sessionId;
  private final String fingerprint;
  private final IceParameters ice;

  /** A writer for one peer; {@code fingerprint} is the value of {@code a=fingerprint}. */
  public DescriptionWriter(long sessionId, String fingerprint, IceParameters ice) {
    this.sessionId = sessionId;
    this.fingerprint = fingerprint;
    this.ice = ice;
  }

  /** The offer for {@code spec}; {@code encodings} has a list for each of its m-sections. */
  public String offer(OfferSpec spec, List<List<LocalEncoding>> encodings) {
    Lines out = new Lines();
    session(out, spec.media().stream().map(MediaSpec::mid).toList(), spec.trickle());
    if (spec.sessionLevelFingerprint()) {
      out.add("a=fingerprint:" + fingerprint);
    }
    for (int i = 0; i < spec.media().size(); i++) {
      section(out, spec, spec.media().get(i), encodings.get(i));
    }
    return spec.edit().apply(out.toString());
  }

  void session(Lines out, List<String> mids, boolean trickle) {
    out.add("v=0");
    out.add("o=- " + sessionId + " 2 IN IP4 127.0.0.1");
    out.add("s=-");
    out.add("t=0 0");
    out.add("a=group:BUNDLE " + String.join(" ", mids));
    out.add("a=extmap-allow-mixed");
    out.add("a=msid-semantic: WMS " + STREAM);
    if (trickle) {
      out.add("a=ice-options:trickle");
    }
  }

  void transport(Lines out, String setup, boolean candidates, boolean withFingerprint) {
    out.add("c=IN IP4 0.0.0.0");
    if (candidates) {
      ice.candidates().forEach(candidate -> out.add("a=candidate:" + candidate));
    }
    out.add("a=ice-ufrag:" + ice.ufrag());
    out.add("a=ice-pwd:" + ice.password());
    if (withFingerprint) {
      out.add("a=fingerprint:" + fingerprint);
    }
    out.add("a=setup:" + setup);
    out.add("a=rtcp-mux");
    out.add("a=rtcp-rsize");
  }

  private void section(Lines out, OfferSpec spec, MediaSpec media, List<LocalEncoding> encodings) {
    StringBuilder formats = new StringBuilder();
    for (CodecSpec codec : media.codecs()) {
      formats.append(' ').append(codec.payloadType());
      if (codec.rtxPayloadType() >= 0) {
        formats.append(' ').append(codec.rtxPayloadType());
      }
    }
    String kind = media.kind().name().toLowerCase(Locale.ROOT);
    out.add("m=" + kind + " 9 UDP/TLS/RTP/SAVPF" + formats);
    transport(out, spec.setup(), spec.candidates(), !spec.sessionLevelFingerprint());
    out.add("a=mid:" + media.mid());
    new TreeMap<>(media.extensions()).forEach((id, uri) -> out.add("a=extmap:" + id + " " + uri));
    out.add("a=" + media.direction().name().toLowerCase(Locale.ROOT));
    String msid = STREAM + " " + STREAM + "-" + kind;
    if (media.msid()) {
      out.add("a=msid:" + msid);
    }
    media.codecs().forEach(codec -> codec(out, codec));
    if (media.direction() == Direction.SENDONLY && media.ssrcLines()) {
      encodings.forEach(encoding -> ssrcs(out, media, encoding, msid));
    }
    media.rids().forEach(rid -> out.add("a=rid:" + rid + " send"));
    if (!media.rids().isEmpty()) {
      out.add("a=simulcast:send " + String.join(";", media.rids()));
    }
  }

  private static void codec(Lines out, CodecSpec codec) {
    int payloadType = codec.payloadType();
    out.add("a=rtpmap:" + payloadType + " " + codec.codec().rtpmap());
    codec.feedback().forEach(value -> out.add("a=rtcp-fb:" + payloadType + " " + value));
    if (!codec.fmtp().isEmpty()) {
      out.add("a=fmtp:" + payloadType + " " + codec.fmtp());
    }
    if (codec.rtxPayloadType() >= 0) {
      out.add("a=rtpmap:" + codec.rtxPayloadType() + " rtx/" + codec.codec().clockRate());
      out.add("a=fmtp:" + codec.rtxPayloadType() + " apt=" + payloadType);
    }
  }

  private static void ssrcs(Lines out, MediaSpec media, LocalEncoding encoding, String msid) {
    boolean rtx = media.codecs().stream().anyMatch(codec -> codec.rtxPayloadType() >= 0);
    if (rtx) {
      out.add("a=ssrc-group:FID " + encoding.ssrc() + " " + encoding.rtxSsrc());
    }
    for (long ssrc : rtx ? new long[] {encoding.ssrc(), encoding.rtxSsrc()} : one(encoding)) {
      out.add("a=ssrc:" + ssrc + " cname:" + STREAM);
      out.add("a=ssrc:" + ssrc + " msid:" + msid);
    }
  }

  private static long[] one(LocalEncoding encoding) {
    return new long[] {encoding.ssrc()};
  }

  /** Text that grows by lines. */
  static final class Lines {
    private final StringBuilder text = new StringBuilder();

    void add(String line) {
      text.append(line).append("\r\n");
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
