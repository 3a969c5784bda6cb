package io.github.jvbwhip.core.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.jvbwhip.core.sdp.Attribute.DirectionOf;
import io.github.jvbwhip.core.sdp.Attribute.Flag;
import io.github.jvbwhip.core.sdp.Attribute.Group;
import io.github.jvbwhip.core.sdp.Attribute.Mid;
import io.github.jvbwhip.core.sdp.Attribute.Msid;
import io.github.jvbwhip.core.sdp.Attribute.SetupRole;
import io.github.jvbwhip.core.sdp.Attribute.Unknown;
import io.github.jvbwhip.core.sdp.IceAttribute.Candidate;
import io.github.jvbwhip.core.sdp.IceAttribute.FingerprintOf;
import io.github.jvbwhip.core.sdp.IceAttribute.IceOptions;
import io.github.jvbwhip.core.sdp.IceAttribute.IcePwd;
import io.github.jvbwhip.core.sdp.IceAttribute.IceUfrag;
import io.github.jvbwhip.core.sdp.RtpAttribute.ExtMap;
import io.github.jvbwhip.core.sdp.RtpAttribute.Fmtp;
import io.github.jvbwhip.core.sdp.RtpAttribute.Rid;
import io.github.jvbwhip.core.sdp.RtpAttribute.RtcpFb;
import io.github.jvbwhip.core.sdp.RtpAttribute.RtpMap;
import io.github.jvbwhip.core.sdp.RtpAttribute.Simulcast;
import io.github.jvbwhip.core.sdp.RtpAttribute.SimulcastId;
import io.github.jvbwhip.core.sdp.RtpAttribute.SimulcastStream;
import io.github.jvbwhip.core.sdp.SourceAttribute.Ssrc;
import io.github.jvbwhip.core.sdp.SourceAttribute.SsrcGroup;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One line of the table for each attribute: its text, and what it means, in both directions. */
class AttributeGrammarTest {

  static Stream<Arguments> attributes() {
    return Stream.of(
        arguments("rtpmap:111 opus/48000/2", new RtpMap(111, "opus", 48000, 2)),
        arguments("rtpmap:96 VP8/90000", new RtpMap(96, "VP8", 90000, 1)),
        arguments("fmtp:63 111/111", new Fmtp(63, "111/111")),
        arguments("fmtp:0 mode=20", new Fmtp(0, "mode=20")),
        arguments("fmtp:111 minptime=10; stereo=1", new Fmtp(111, "minptime=10; stereo=1")),
        arguments("rtcp-fb:96 nack pli", new RtcpFb(OptionalInt.of(96), "nack pli")),
        arguments("rtcp-fb:* transport-cc", new RtcpFb(OptionalInt.empty(), "transport-cc")),
        arguments("extmap:3 urn:x", new ExtMap(3, Optional.empty(), "urn:x", Optional.empty())),
        arguments(
            "extmap:4351/sendonly urn:x short",
            new ExtMap(4351, Optional.of(Direction.SENDONLY), "urn:x", Optional.of("short"))),
        arguments(
            "candidate:1 1 UDP 2130706431 198.51.100.1 39132 typ host",
            new Candidate(
                "1",
                1,
                "UDP",
                2130706431L,
                "198.51.100.1",
                39132,
                "host",
                Optional.empty(),
                0,
                Optional.empty())),
        arguments(
            "candidate:a 2 tcp 4294967295 x.local 9 typ srflx raddr 10.0.0.1 rport 7 tcptype active",
            new Candidate(
                "a",
                2,
                "tcp",
                4294967295L,
                "x.local",
                9,
                "srflx",
                Optional.of("10.0.0.1"),
                7,
                Optional.of("tcptype active"))),
        arguments(
            "candidate:1 1 udp 1 192.0.2.1 2 typ host raddress x",
            new Candidate(
                "1",
                1,
                "udp",
                1,
                "192.0.2.1",
                2,
                "host",
                Optional.empty(),
                0,
                Optional.of("raddress x"))),
        arguments("fingerprint:sha-256 0A:FF", new FingerprintOf("sha-256", "0A:FF")),
        arguments("setup:actpass", new SetupRole(Setup.ACTPASS)),
        arguments("setup:active", new SetupRole(Setup.ACTIVE)),
        arguments("setup:passive", new SetupRole(Setup.PASSIVE)),
        arguments("setup:holdconn", new SetupRole(Setup.HOLDCONN)),
        arguments("sendrecv", new DirectionOf(Direction.SENDRECV)),
        arguments("sendonly", new DirectionOf(Direction.SENDONLY)),
        arguments("recvonly", new DirectionOf(Direction.RECVONLY)),
        arguments("inactive", new DirectionOf(Direction.INACTIVE)),
        arguments("rid:hi_1-x send", new Rid("hi_1-x", true, Optional.empty())),
        arguments(
            "rid:1 recv max-width=1280;max-fps=30",
            new Rid("1", false, Optional.of("max-width=1280;max-fps=30"))),
        arguments(
            "simulcast:send l;m;h",
            new Simulcast(
                List.of(SimulcastStream.of("l"), SimulcastStream.of("m"), SimulcastStream.of("h")),
                List.of())),
        arguments(
            "simulcast:send 1,~4;2 recv 3",
            new Simulcast(
                List.of(
                    new SimulcastStream(
                        List.of(new SimulcastId("1", false), new SimulcastId("4", true))),
                    SimulcastStream.of("2")),
                List.of(SimulcastStream.of("3")))),
        arguments("ssrc:4294967295 cname:a b", new Ssrc(4294967295L, "cname:a b")),
        arguments("ssrc:1", new Ssrc(1, "")),
        arguments("ssrc-group:FID 1 2", new SsrcGroup("FID", List.of(1L, 2L))),
        arguments("msid:s t", new Msid("s", Optional.of("t"))),
        arguments("msid:-", new Msid("-", Optional.empty())),
        arguments("group:BUNDLE 0 video1", new Group("BUNDLE", List.of("0", "video1"))),
        arguments("group:BUNDLE", new Group("BUNDLE", List.of())),
        arguments("mid:{any}token", new Mid("{any}token")),
        arguments("ice-ufrag:q/M+", new IceUfrag("q/M+")),
        arguments("ice-pwd:NHtZ1Hez+42yIsQG/nt+E7", new IcePwd("NHtZ1Hez+42yIsQG/nt+E7")),
        arguments("ice-options:trickle ice2", new IceOptions(List.of("trickle", "ice2"))),
        arguments("rtcp-mux", Flag.RTCP_MUX),
        arguments("rtcp-mux-only", Flag.RTCP_MUX_ONLY),
        arguments("rtcp-rsize", Flag.RTCP_RSIZE),
        arguments("bundle-only", Flag.BUNDLE_ONLY),
        arguments("ice-lite", Flag.ICE_LITE),
        arguments("end-of-candidates", Flag.END_OF_CANDIDATES),
        arguments("extmap-allow-mixed", Flag.EXTMAP_ALLOW_MIXED),
        arguments("x-vendor", new Unknown("x-vendor")),
        arguments("x-vendor: spaced : out ", new Unknown("x-vendor: spaced : out ")),
        arguments("rtcp-mux:value", new Unknown("rtcp-mux:value")),
        arguments("fmtp:webrtc-datachannel max=1", new Unknown("fmtp:webrtc-datachannel max=1")));
  }

  @ParameterizedTest
  @MethodSource("attributes")
  void is_read_from_its_text(String text, Attribute meaning) throws SdpException {
    assertThat(AttributeParser.parse(text, 0, text.length(), 1, true)).isEqualTo(meaning);
  }

  @ParameterizedTest
  @MethodSource("attributes")
  void is_written_as_its_text(String text, Attribute meaning) {
    StringBuilder out = new StringBuilder();
    meaning.appendTo(out);
    assertThat(out).hasToString("a=" + text);
    assertThat(text).startsWith(meaning.key());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ice-options:ice2,trickle|ice-options:ice2 trickle",
        "fingerprint:SHA-256 ab:cd|fingerprint:sha-256 AB:CD",
        "rtpmap:0 PCMU/8000/1|rtpmap:0 PCMU/8000",
        "mid: 0|mid:0",
        "group:LS  0  1|group:LS 0 1",
        "ssrc:000000000007 cname:x|ssrc:7 cname:x",
        "candidate:1 1 udp 1 a 2 typ srflx raddr b|candidate:1 1 udp 1 a 2 typ srflx raddr b rport 0",
      })
  void variants_are_normalised(String variant, String normalised) throws SdpException {
    StringBuilder out = new StringBuilder();
    AttributeParser.parse(variant, 0, variant.length(), 1, true).appendTo(out);
    assertThat(out).hasToString("a=" + normalised);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":value",
        "rtpmap:",
        "rtpmap:96",
        "rtpmap:128 VP8/90000",
        "rtpmap:-1 VP8/90000",
        "rtpmap:x VP8/90000",
        "rtpmap:96 VP8",
        "rtpmap:96 /90000",
        "rtpmap:96 VP8/0",
        "rtpmap:96 VP8/9e4",
        "rtpmap:96 VP8/99999999999",
        "rtpmap:96 opus/48000/2/1",
        "rtpmap:96 opus/48000/0",
        "rtpmap:96 opus/48000/256",
        "rtpmap:96 VP8/90000 more",
        "fmtp:",
        "fmtp:128 apt=96",
        "rtcp-fb:96",
        "rtcp-fb:x nack",
        "rtcp-fb:300 nack",
        "extmap:0 urn:x",
        "extmap:4352 urn:x",
        "extmap:1",
        "extmap:1/both urn:x",
        "extmap:x urn:x",
        "candidate:",
        "candidate:1 1 udp",
        "candidate:1 x udp 1 a 2 typ host",
        "candidate:1 1 udp 4294967296 a 2 typ host",
        "candidate:1 1 udp 1 a 65536 typ host",
        "candidate:1 1 udp 1 a 2 type host",
        "candidate:1 1 udp 1 a 2 typ",
        "candidate:1 1 udp 1 a 2 typ srflx raddr",
        "candidate:1 1 udp 1 a 2 typ srflx raddr b port 3",
        "candidate:1 1 udp 1 a 2 typ srflx raddr b rport x",
        "fingerprint:sha-256",
        "fingerprint:sha-256 0",
        "fingerprint:sha-256 0G:00",
        "fingerprint:sha-256 00:0",
        "fingerprint:sha-256 00-00",
        "fingerprint:sha-256 00:00 more",
        "setup:",
        "setup:both",
        "setup:ACTIVE",
        "rid:",
        "rid:1",
        "rid:1 sendrecv",
        "rid:a.b send",
        "simulcast:",
        "simulcast:send",
        "simulcast:l;m",
        "simulcast:send l;;h",
        "simulcast:send l;m send h",
        "simulcast:send l,~",
        "ssrc:",
        "ssrc:-1 cname:x",
        "ssrc:4294967296 cname:x",
        "ssrc:0000000000007 cname:x",
        "ssrc:x cname:x",
        "ssrc-group:",
        "ssrc-group:FID x",
        "msid:",
        "msid:a b c",
        "group:",
        "mid:",
        "mid:a b",
        "ice-ufrag:abc",
        "ice-ufrag:ab!d",
        "ice-pwd:short",
        "ice-pwd:NHtZ1Hez+42yIsQG/nt+E=",
        "ice-options:",
        "ice-options:,"
      })
  void malformed_ones_are_refused_with_their_line(String text) {
    try {
      Attribute parsed = AttributeParser.parse(text, 0, text.length(), 7, true);
      throw new AssertionError("taken for " + parsed);
    } catch (SdpException e) {
      assertThat(e.line()).isEqualTo(7);
      assertThat(e.reason()).isNotBlank();
      assertThat(e).hasMessage("line 7: " + e.reason());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 257})
  void a_user_name_fragment_has_4_to_256_characters(int length) {
    assertThat(parses("ice-ufrag:" + "a".repeat(length))).isFalse();
    assertThat(parses("ice-ufrag:" + "a".repeat(4))).isTrue();
    assertThat(parses("ice-ufrag:" + "a".repeat(256))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {21, 257})
  void a_password_has_22_to_256_characters(int length) {
    assertThat(parses("ice-pwd:" + "a".repeat(length))).isFalse();
    assertThat(parses("ice-pwd:" + "a".repeat(22))).isTrue();
    assertThat(parses("ice-pwd:" + "a".repeat(256))).isTrue();
  }

  @Test
  void a_rid_has_up_to_255_characters() {
    assertThat(parses("rid:" + "a".repeat(255) + " send")).isTrue();
    assertThat(parses("rid:" + "a".repeat(256) + " send")).isFalse();
  }

  private static boolean parses(String text) {
    try {
      AttributeParser.parse(text, 0, text.length(), 1, true);
      return true;
    } catch (SdpException e) {
      return false;
    }
  }
}
