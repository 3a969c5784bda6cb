package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.sdp.Mutations;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes from an XMPP server: stanzas are cut out, or the stream ends; an invitation among
 * them can be answered, or is refused.
 */
class StanzaFuzzTest {
  private static final int MUTATIONS = 2_000;

  private static final String OPEN =
      "<stream:stream xmlns='jabber:client' id='1'"
          + " xmlns:stream='http://etherx.jabber.org/streams'>";

  private static final String INVITATION =
      """
      <iq xmlns='jabber:client' type='set' id='1' from='r@m.test/focus' to='r@m.test/a'>
      <jingle xmlns='urn:xmpp:jingle:1' action='session-initiate' sid='s' initiator='r@m.test/focus'>
      <content creator='initiator' name='audio' senders='both'>
      <description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'>
      <payload-type id='111' name='opus' clockrate='48000' channels='2'>
      <parameter name='minptime' value='10'/>
      <rtcp-fb xmlns='urn:xmpp:jingle:apps:rtp:rtcp-fb:0' type='transport-cc'/>
      </payload-type>
      <rtp-hdrext xmlns='urn:xmpp:jingle:apps:rtp:rtp-hdrext:0' id='1'
       uri='urn:ietf:params:rtp-hdrext:ssrc-audio-level'/>
      <rtcp-mux/>
      </description>
      <transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='user' pwd='password'>
      <fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' hash='sha-256' setup='actpass'>00:1a</fingerprint>
      <candidate component='1' foundation='1' generation='0' id='c' ip='192.0.2.1' network='0'
       port='10000' priority='1' protocol='udp' type='host'/>
      </transport>
      </content>
      <content creator='initiator' name='video' senders='both'>
      <description xmlns='urn:xmpp:jingle:apps:rtp:1' media='video'>
      <payload-type id='100' name='VP8' clockrate='90000'/>
      <payload-type id='96' name='rtx' clockrate='90000'><parameter name='apt' value='100'/></payload-type>
      </description>
      </content>
      <startmuted xmlns='http://jitsi.org/jitmeet/start-muted' audio='true' video='false'/>
      <bridge-session xmlns='http://jitsi.org/protocol/focus' id='b' region='eu'/>
      </jingle></iq>
      """
          .replace("\n", "");

  @FuzzTest(maxDuration = "30s")
  void every_stream_is_read_or_ended(byte[] text) {
    check(new String(text, StandardCharsets.UTF_8));
  }

  /** The same over mutations of an invitation, in every build. */
  @Test
  void every_mutated_invitation_is_read_or_refused() {
    Mutations mutations = new Mutations(8);
    int read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      read += check(mutations.mutate(INVITATION)) ? 1 : 0;
    }
    assertThat(read).isBetween(MUTATIONS / 20, MUTATIONS - MUTATIONS / 20);
  }

  /** Whether there was an invitation that can be answered. */
  private static boolean check(String text) {
    Extensions.register();
    boolean answerable = false;
    for (String stanza : stanzas(text)) {
      assertThat(StanzaReading.firstTag(stanza)).startsWith("<").endsWith("/>");
      answerable |= isAnswerable(stanza);
    }
    return answerable;
  }

  private static List<String> stanzas(String text) {
    StanzaFrames frames = new StanzaFrames(new StringReader(OPEN + text));
    try {
      frames.transferTo(new StringWriter());
    } catch (IOException e) {
      return List.of(); // The stream has ended.
    }
    List<String> stanzas = new ArrayList<>();
    try {
      while (true) {
        stanzas.add(frames.take());
      }
    } catch (NoSuchElementException e) {
      return stanzas;
    }
  }

  private static boolean isAnswerable(String text) {
    Stanza stanza;
    try {
      stanza = PacketParserUtils.parseStanza(text);
    } catch (Exception e) {
      return false; // Smack's own reading, by whatever it fails: StanzaReading refuses it.
    }
    if (!(stanza instanceof JingleIQ jingle)) {
      return false;
    }
    try {
      JingleOffer offer = JingleOffer.read(jingle);
      assertThat(offer.transport().candidates()).isNotEmpty();
      for (IceCandidate candidate : offer.transport().candidates()) {
        assertThat(candidate.port()).isBetween(0, 65535);
        assertThat(candidate.address()).matches("[0-9a-fA-F.:]+");
      }
      return true;
    } catch (JingleOffer.Malformed e) {
      return false;
    }
  }
}
