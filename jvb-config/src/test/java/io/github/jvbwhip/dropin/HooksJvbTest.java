package io.github.jvbwhip.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The hooks on the bridge's own packet classes. */
@RequiresJvb
class HooksJvbTest {
  /** The bridge has allocated a list for these, and iterates over it when the hook asks it. */
  private static final String NEW_DESCRIPTOR = "egress, AV1 with a new descriptor";

  private static final double ITERATORS = 2 * 32 + 1;

  @Test
  void the_hooks_allocate_nothing_per_packet() throws Throwable {
    try (URLClassLoader loader = BridgeLoader.of(JvbHome.orSkip())) {
      Method measure =
          loader
              .loadClass("io.github.jvbwhip.dropin.hooks.HookAllocation")
              .getMethod("bytesPerPacket");
      Map<?, ?> bytes = (Map<?, ?>) BridgeLoader.within(loader, () -> measure.invoke(null));
      assertThat(bytes).hasSize(10);
      assertThat(bytes)
          .allSatisfy(
              (hook, allocated) ->
                  assertThat((Double) allocated)
                      .isLessThan(hook.equals(NEW_DESCRIPTOR) ? ITERATORS : 1));
    }
  }

  @Test
  void a_described_keyframe_gets_the_sequence_header_that_it_lacks() throws Throwable {
    try (URLClassLoader loader = BridgeLoader.of(JvbHome.orSkip())) {
      Method payloads =
          loader
              .loadClass("io.github.jvbwhip.dropin.hooks.CompletedKeyframe")
              .getMethod("payloads");
      assertThat((List<?>) BridgeLoader.within(loader, () -> payloads.invoke(null)))
          .isEqualTo(
              List.of(
                  "1176 280b0800000002afff9f7f200830140022000000",
                  "1188 280b0800000002afff9f7f200830140022000000"));
    }
  }

  @Test
  void of_several_encodings_the_smallest_alone_is_kept() throws Throwable {
    try (URLClassLoader loader = BridgeLoader.of(JvbHome.orSkip())) {
      Method kept =
          loader.loadClass("io.github.jvbwhip.dropin.hooks.KeptEncodings").getMethod("kept");
      assertThat((List<?>) BridgeLoader.within(loader, () -> kept.invoke(null)))
          .isEqualTo(List.of(1L));
    }
  }
}
