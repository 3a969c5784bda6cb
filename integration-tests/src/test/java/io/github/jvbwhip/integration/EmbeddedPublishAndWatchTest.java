package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.dtls.SrtpProfile;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link PublishAndWatchContract} on the embedded bridge. */
class EmbeddedPublishAndWatchTest extends PublishAndWatchContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(EmbeddedServer::start);

  @Override
  protected ServerUnderTest server() {
    return SERVER.get();
  }

  /** A Jitsi Videobridge cannot tell them apart, and refuses the second one. */
  @Test
  void publishers_with_the_same_ssrcs_do_not_disturb_each_other() {
    TestPeer first = twin("first", false);
    TestPeer second = twin("second", false);
    TestPeer ofFirst = twin("first", true);
    TestPeer ofSecond = twin("second", true);
    first.video(new VideoSettings(320, 180, 30, 300_000, 0)).start();
    second.video(new VideoSettings(1280, 720, 30, 900_000, 0)).start();
    ofFirst.awaitVideoPackets(90, SOON);
    ofSecond.awaitVideoPackets(90, SOON);
    assertThat(onlyVideo(ofFirst).sizes()).containsExactly("320x180");
    assertThat(onlyVideo(ofSecond).sizes()).containsExactly("1280x720");
    assertThat(onlyVideo(ofFirst).isContinuous()).isTrue();
    assertThat(onlyVideo(ofSecond).isContinuous()).isTrue();
  }

  private TestPeer twin(String stream, boolean plays) {
    TestPeer peer = peer(PeerOptions.defaults(), new Random(4711));
    Reply reply =
        plays
            ? peer.connect(server().whep("twins", stream), OfferSpec.player(Codec.VP8))
            : peer.connect(server().whip("twins", stream), OfferSpec.publisher(Codec.VP8));
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    peer.awaitConnected(SOON);
    return peer;
  }

  @Test
  void aes256_works() {
    watchOver(SrtpProfile.AEAD_AES_256_GCM);
  }
}
