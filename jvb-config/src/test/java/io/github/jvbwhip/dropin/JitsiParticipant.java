package io.github.jvbwhip.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.CodecSpec;
import io.github.jvbwhip.testpeer.sdp.Extensions;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec.Direction;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.sdp.RemoteDescription;
import io.github.jvbwhip.testpeer.sdp.RemoteMedia;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A participant that does not come through the plugin: set up over the bridge's Colibri2 REST
 * interface as Jicofo would do it.
 */
final class JitsiParticipant {
  /** The payload types of a conference. */
  record Numbers(int opus, int vp8) {
    /** Those that Jicofo gives where nobody has configured others. */
    static final Numbers USUAL = new Numbers(111, 100);

    private OfferSpec offer() {
      return OfferSpec.of(
          MediaSpec.audio(Direction.SENDONLY)
              .withCodecs(CodecSpec.opus(opus))
              .withExtensions(Map.of(1, Extensions.AUDIO_LEVEL)),
          MediaSpec.video(Direction.SENDONLY, Codec.VP8)
              .withCodecs(CodecSpec.video(Codec.VP8, vp8).withoutRtx())
              .withExtensions(Map.of(5, Extensions.TRANSPORT_CC)));
    }
  }

  private JitsiParticipant() {}

  /** Creates the conference and joins it. */
  static TestPeer join(JvbProcess bridge, String conference, String endpointId) throws Exception {
    return join(bridge, conference, endpointId, Numbers.USUAL, TestPeer.open());
  }

  /** The same as that client, in a conference of those numbers. */
  static TestPeer join(
      JvbProcess bridge, String conference, String endpointId, Numbers numbers, TestPeer peer)
      throws Exception {
    String create = json("'name': '%s', 'create': true,", conference);
    return join(bridge, endpointId + "-meeting", create, endpointId, numbers, peer);
  }

  /** Joins the conference that the other one has created. */
  static TestPeer joinAfter(JvbProcess bridge, String creatorId, String endpointId)
      throws Exception {
    return join(bridge, creatorId + "-meeting", "", endpointId, Numbers.USUAL, TestPeer.open());
  }

  private static TestPeer join(
      JvbProcess bridge,
      String meetingId,
      String create,
      String endpointId,
      Numbers numbers,
      TestPeer peer)
      throws Exception {
    List<RemoteMedia> media = RemoteDescription.parse(peer.offer(numbers.offer())).media();
    HttpResponse<String> created =
        bridge.post(
            "/colibri/v2/conferences",
            json(
                """
                {'meeting-id': '%s', %s 'endpoints': [{
                  'create': true, 'id': '%s', 'capabilities': ['source-names'],
                  'medias': [
                    {'type': 'audio', 'payload-types': [
                       {'name': 'opus', 'id': '%d', 'clockrate': '48000', 'channels': '2'}],
                     'rtp-hdrexts': [{'uri': '%s', 'id': 1}]},
                    {'type': 'video', 'payload-types': [
                       {'name': 'VP8', 'id': '%d', 'clockrate': '90000', 'rtcp-fbs': [
                         {'type': 'nack'}, {'type': 'nack', 'subtype': 'pli'}]}]}],
                  'transport': {'ice-controlling': false, 'transport': {
                    'xmlns': 'urn:xmpp:jingle:transports:ice-udp:1', 'ufrag': '%s', 'pwd': '%s',
                    'fingerprints': [
                      {'fingerprint': '%s', 'hash': 'sha-256', 'setup': 'active'}]}},
                  'sources': [
                    {'type': 'audio', 'id': '%s-a0', 'sources': [{'ssrc': %d}]},
                    {'type': 'video', 'id': '%s-v0', 'sources': [{'ssrc': %d}]}]
                }]}
                """,
                meetingId,
                create,
                endpointId,
                numbers.opus(),
                Extensions.AUDIO_LEVEL,
                numbers.vp8(),
                media.get(0).ice().ufrag(),
                media.get(0).ice().password(),
                media.get(0).fingerprint().split(" ", 2)[1],
                endpointId,
                media.get(0).ssrcs().get(0),
                endpointId,
                media.get(1).ssrcs().get(0)));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
    peer.acceptAnswer(answer(created.body(), numbers));
    peer.awaitConnected(Peers.SOON);
    return peer;
  }

  private static String json(String template, Object... values) {
    return template.formatted(values).replace('\'', '"');
  }

  private static String answer(String response, Numbers numbers) {
    String transport =
        String.join(
            "\r\n",
            "a=rtcp-mux",
            "a=recvonly",
            "a=setup:passive",
            "a=ice-ufrag:" + value(response, "ufrag"),
            "a=ice-pwd:" + value(response, "pwd"),
            "a=fingerprint:sha-256 " + value(response, "fingerprint"),
            "a=candidate:1 1 udp 2130706431 "
                + value(response, "ip")
                + " "
                + value(response, "port")
                + " typ host",
            "");
    return """
        v=0
        o=- 1 1 IN IP4 0.0.0.0
        s=-
        t=0 0
        a=group:BUNDLE 0 1
        m=audio 9 UDP/TLS/RTP/SAVPF %1$d
        c=IN IP4 0.0.0.0
        a=mid:0
        a=rtpmap:%1$d opus/48000/2
        a=extmap:1 %2$s
        %3$sm=video 9 UDP/TLS/RTP/SAVPF %4$d
        c=IN IP4 0.0.0.0
        a=mid:1
        a=rtpmap:%4$d VP8/90000
        a=rtcp-fb:%4$d nack
        a=rtcp-fb:%4$d nack pli
        %3$s"""
        .replace("\n", "\r\n")
        .formatted(numbers.opus(), Extensions.AUDIO_LEVEL, transport, numbers.vp8());
  }

  private static String value(String json, String key) {
    Matcher matcher = Pattern.compile("\"" + key + "\":\"([^\"]*)\"").matcher(json);
    assertThat(matcher.find()).as(key + " in " + json).isTrue();
    return matcher.group(1);
  }
}
