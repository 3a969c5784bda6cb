package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.stage.PublishedEncoding;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** An encoding that another server has, as that tells it. Guarded by the room's lock. */
final class OfferedEncoding implements PublishedEncoding {
  private final String name;
  private final Supplier<Optional<Encoding>> brought;
  private LayerInfo told;

  /**
   * @param brought what comes in for it now
   */
  OfferedEncoding(String name, Supplier<Optional<Encoding>> brought, LayerInfo told) {
    this.name = name;
    this.brought = brought;
    this.told = told;
  }

  String name() {
    return name;
  }

  /** Takes what is told now. */
  void tell(LayerInfo now) {
    told = now;
  }

  OptionalLong targetBitrate() {
    return told.targetBitrate();
  }

  @Override
  public Optional<String> rid() {
    return Optional.of(name);
  }

  @Override
  public long bitrate() {
    return told.bitrate();
  }

  @Override
  public int width() {
    return told.width().orElse(0);
  }

  @Override
  public int height() {
    return told.height().orElse(0);
  }

  @Override
  public boolean active() {
    return told.bitrate() > 0;
  }

  @Override
  public int highestTemporalLayer() {
    return brought.get().map(Encoding::highestTemporalLayer).orElse(UNKNOWN);
  }

  @Override
  public int highestSpatialLayer() {
    return brought.get().map(Encoding::highestSpatialLayer).orElse(0);
  }
}
