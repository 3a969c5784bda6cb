package io.github.jvbwhip.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.URLClassLoader;
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
}
