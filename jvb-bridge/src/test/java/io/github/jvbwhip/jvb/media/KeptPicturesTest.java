package io.github.jvbwhip.jvb.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.picture.FirstPicture;
import io.github.jvbwhip.core.picture.Pace;
import io.github.jvbwhip.core.picture.PictureCursor;
import io.github.jvbwhip.core.rtp.RtpWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeptPicturesTest {
  private static final int ONE_CHUNK = 1 << 16;

  private final KeptPictures pictures =
      new KeptPictures(new FirstPicture(true, 60_000, Duration.ofSeconds(10), ONE_CHUNK));

  private static void addKeyframe(KeptPicture to) {
    byte[] b = new byte[1000];
    RtpWriter.write(b, 0, 100, 1, 1, 1);
    to.add(b, 0, b.length, true, null, 0);
  }

  private static boolean isKept(KeptPicture picture) {
    return picture.begin(new PictureCursor(), new Pace(), true, 0);
  }

  /** The thread that receives it may have found where to keep it before. */
  @Test
  void a_packet_on_its_way_when_its_publisher_leaves_takes_no_memory() {
    KeptPicture gone = pictures.keep("a", 1, pictures.share());
    addKeyframe(gone);
    assertThat(isKept(gone)).isTrue();
    pictures.forget("a", 1);
    addKeyframe(gone);
    assertThat(isKept(gone)).isFalse();

    KeptPicture next = pictures.keep("b", 2, pictures.share());
    addKeyframe(next);
    assertThat(isKept(next)).isTrue();
  }

  @Test
  void who_comes_again_with_the_same_ssrc_is_kept_anew() {
    KeptPicture gone = pictures.keep("a", 1, pictures.share());
    pictures.forget("a", 1);
    KeptPicture next = pictures.keep("a", 1, pictures.share());
    addKeyframe(next);
    assertThat(next).isNotSameAs(gone).isSameAs(pictures.find("a", 1));
    assertThat(isKept(next)).isTrue();
  }
}
