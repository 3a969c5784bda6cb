package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StanzaFramesTest {
  private static final String OPEN =
      "<?xml version='1.0'?><stream:stream xmlns='jabber:client' id=\"a>b\""
          + " xmlns:stream='http://etherx.jabber.org/streams'>";

  /** A stream that comes in pieces of that many characters. */
  private static Reader pieces(String text, int size) {
    Reader whole = new StringReader(text);
    return new Reader() {
      @Override
      public int read(char[] buffer, int offset, int length) throws IOException {
        return whole.read(buffer, offset, Math.min(size, length));
      }

      @Override
      public void close() {}
    };
  }

  private static String rest(StanzaFrames frames) throws IOException {
    StringWriter all = new StringWriter();
    frames.transferTo(all);
    return all.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<message/>",
        "<iq type='set' id='>'><a b=\"/>\" c='\"'/><b>text > <c/></b ></iq>",
        "<presence\n from='a'><iq/><presence></presence><stream:stream/></presence>",
        "<message><iq type='set' from='r@m/focus'><mute>true</mute></iq></message>"
      })
  void a_stanza_is_cut_out_whole(String stanza) throws IOException {
    String features = "<stream:features><iq xmlns='a'/><b/></stream:features>";
    for (int size : new int[] {1, 7, 100_000}) {
      StanzaFrames frames =
          new StanzaFrames(
              pieces(OPEN + features + stanza + " \n<r/>" + stanza + "</stream:stream>", size));
      assertThat(rest(frames))
          .isEqualTo(OPEN + features + "<message/> \n<r/><message/></stream:stream>");
      assertThat(List.of(frames.take(), frames.take())).containsOnly(stanza);
      assertThatThrownBy(frames::take).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void a_stream_begins_anew_after_signing_in() throws IOException {
    String success = "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>";
    StanzaFrames frames =
        new StanzaFrames(pieces(OPEN + success + OPEN + "<iq id='1'/></stream:stream>", 10));
    assertThat(rest(frames)).isEqualTo(OPEN + success + OPEN + "<message/></stream:stream>");
    assertThat(frames.take()).isEqualTo("<iq id='1'/>");
  }

  @Test
  void of_one_that_is_too_long_the_rest_is_left_out() throws IOException {
    String longer = "<iq id='1'>" + "<a>x</a>".repeat(StanzaFrames.MAX_CHARACTERS / 8) + "</iq>";
    StanzaFrames frames = new StanzaFrames(pieces(OPEN + longer + "<iq id='2'/>", 4_000));
    assertThat(rest(frames)).isEqualTo(OPEN + "<message/><message/>");
    assertThat(frames.take()).isEqualTo(longer.substring(0, StanzaFrames.MAX_CHARACTERS));
    assertThat(frames.take()).isEqualTo("<iq id='2'/>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<!-- -->", "<![CDATA[<iq/>]]>", "<?a b?>", "<!DOCTYPE a>"})
  void what_xmpp_does_not_have_ends_the_stream(String text) {
    assertThatThrownBy(() -> rest(new StanzaFrames(pieces(OPEN + "<iq>" + text + "</iq>", 1_000))))
        .isInstanceOf(IOException.class);
  }
}
