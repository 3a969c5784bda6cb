package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.codec.CodecType;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody who manages a room offers. */
class JingleOfferTest {
  private static final String OPUS =
      "<payload-type id='111' name='opus' clockrate='48000' channels='2'/>";
  private static final String CANDIDATE =
      "<candidate component='1' foundation='1' generation='0' id='c' ip='192.0.2.1' network='0'"
          + " port='10000' priority='1' protocol='udp' type='host'/>";
  private static final String TRANSPORT =
      "<transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='user' pwd='password'>"
          + "<fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' hash='sha-256' setup='actpass'>"
          + "00:1a</fingerprint>"
          + CANDIDATE
          + "</transport>";

  private static JingleOffer read(String contents) throws Exception {
    Extensions.register();
    JingleIQ iq =
        PacketParserUtils.parseStanza(
            "<iq xmlns='jabber:client' type='set' id='1' from='r@m.test/focus' to='r@m.test/a'>"
                + "<jingle xmlns='urn:xmpp:jingle:1' action='session-initiate' sid='s'"
                + " initiator='r@m.test/focus'>"
                + contents
                + "</jingle></iq>");
    return JingleOffer.read(iq);
  }

  private static String content(String media, String payloadTypes, String transport) {
    return "<content creator='initiator' name='%1$s' senders='both'>".formatted(media)
        + "<description xmlns='urn:xmpp:jingle:apps:rtp:1' media='%s'>".formatted(media)
        + payloadTypes
        + "</description>"
        + transport
        + "</content>";
  }

  @Test
  void each_codec_has_the_number_of_its_own_section() throws Exception {
    String vp8 = "<payload-type id='100' name='VP8' clockrate='90000'/>";
    String ulpfec = "<payload-type id='123' name='red' clockrate='90000'/>";
    String red = "<payload-type id='112' name='red' clockrate='48000' channels='2'/>";
    assertThat(
            read(content("audio", OPUS, TRANSPORT) + content("video", vp8 + ulpfec, ""))
                .numbers()
                .payloadTypes())
        .containsOnlyKeys(CodecType.OPUS, CodecType.VP8);
    assertThat(
            read(content("video", ulpfec + vp8, TRANSPORT) + content("audio", OPUS + red, ""))
                .numbers()
                .payloadTypes())
        .containsEntry(CodecType.RED, 112);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ip='192.0.2.1&#13;&#10;a=x:y'",
        "ip='fe80::1%eth0&#10;a=x:y'",
        "ip='a.example'",
        "port='70000'",
        "port='-1'",
        "foundation='1 2'",
        "foundation=''",
        "rel-addr='0.0.0.0&#10;' rel-port='1' type='srflx'",
        "rel-addr='0.0.0.0' rel-port='70000' type='srflx'"
      })
  void a_candidate_that_no_description_can_have_is_left_out(String odd) throws Exception {
    String spoiled = CANDIDATE;
    for (String attribute : odd.split(" (?=[a-z-]+=)")) {
      String name = attribute.substring(0, attribute.indexOf('='));
      spoiled =
          spoiled.replaceFirst(" " + name + "='[^']*'", "").replace("/>", " " + attribute + "/>");
    }
    String opus = content("audio", OPUS, TRANSPORT.replace(CANDIDATE, spoiled + CANDIDATE));
    assertThat(read(opus).transport().candidates())
        .extracting(IceCandidate::address, IceCandidate::port)
        .containsExactly(tuple("192.0.2.1", 10_000));
    String none = content("audio", OPUS, TRANSPORT.replace(CANDIDATE, spoiled));
    assertThatThrownBy(() -> read(none)).isInstanceOf(JingleOffer.Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ufrag='us&#10;er'",
        "pwd='pass word'",
        "pwd=''",
        "hash='sha-256&#10;a=b'",
      })
  void a_transport_that_no_description_can_have_is_none(String odd) {
    String name = odd.substring(0, odd.indexOf('='));
    String spoiled = TRANSPORT.replaceFirst(name + "='[^']*'", odd);
    assertThatThrownBy(() -> read(content("audio", OPUS, spoiled)))
        .isInstanceOf(JingleOffer.Malformed.class);
    assertThatThrownBy(
            () -> read(content("audio", OPUS, TRANSPORT.replace("00:1a", "00:1a&#10;a=b"))))
        .isInstanceOf(JingleOffer.Malformed.class);
  }

  @Test
  void an_extension_whose_name_is_no_uri_is_refused() {
    String extension =
        "<rtp-hdrext xmlns='urn:xmpp:jingle:apps:rtp:rtp-hdrext:0' id='1' uri='urn: '/>";
    assertThatThrownBy(() -> read(content("audio", OPUS + extension, TRANSPORT)))
        .isInstanceOf(JingleOffer.Malformed.class);
  }
}
