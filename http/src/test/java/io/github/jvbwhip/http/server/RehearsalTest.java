package io.github.jvbwhip.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.composition.Composition;
import io.github.jvbwhip.http.composition.Mount;
import io.github.jvbwhip.http.composition.Plugin;
import io.github.jvbwhip.http.runtime.PostListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RehearsalTest {
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final Composition composition = new Composition("test", PostListener.NONE);

  @AfterEach
  void close() {
    composition.close();
  }

  @Test
  void a_publisher_and_then_a_player_ask_and_all_is_closed_when_they_have_their_answers() {
    Rehearsal.hold(composition.runtime(), (everybody, silent) -> List.of(plugin(false)));

    assertThat(heard)
        .containsExactly("POST /whip/warm-up sendonly", "POST /whep/warm-up recvonly", "closed");
  }

  @Test
  void a_start_does_not_hang_on_what_is_never_answered() {
    Rehearsal.hold(
        composition.runtime(),
        (everybody, silent) -> List.of(plugin(true)),
        Duration.ofMillis(300));

    assertThat(heard).doesNotContain("POST /whep/warm-up recvonly");
  }

  @Test
  void a_fault_in_it_costs_nothing_but_itself() {
    Rehearsal.hold(
        composition.runtime(),
        (everybody, silent) -> {
          throw new IllegalStateException("test");
        });

    assertThat(heard).isEmpty();
  }

  private Plugin plugin(boolean mute) {
    return new Plugin() {
      @Override
      public List<Mount> mounts() {
        return List.of(new Mount(new Recorder(mute), List.of("/whip/*", "/whep/*")));
      }

      @Override
      public void close() {
        heard.add("closed");
      }
    };
  }

  /** Answers at once, or never. */
  private final class Recorder extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final boolean mute;

    Recorder(boolean mute) {
      this.mute = mute;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String body = new String(request.getInputStream().readAllBytes());
      String direction = body.contains("a=sendonly") ? " sendonly" : " recvonly";
      heard.add("POST " + request.getRequestURI() + direction);
      if (mute) {
        request.startAsync().setTimeout(0);
      } else {
        response.setStatus(201);
      }
    }
  }
}
