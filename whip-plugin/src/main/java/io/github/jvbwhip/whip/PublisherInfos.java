package io.github.jvbwhip.whip;

import io.github.jvbwhip.core.bridge.DisplayNames;
import io.github.jvbwhip.core.bridge.PublisherInfo;
import io.github.jvbwhip.http.access.Principal;
import io.github.jvbwhip.http.exchange.Call;
import java.util.Optional;

/** What requests say of their publishers, for rooms that show them to people. Pure functions. */
final class PublisherInfos {
  private static final String NAME = "name";
  private static final String VIDEO_TYPE = "video-type";
  private static final String SCREEN = "desktop";

  private PublisherInfos() {}

  static PublisherInfo of(Call call) {
    return new PublisherInfo(
        call.queryParameter(NAME)
            .or(() -> Optional.ofNullable(call.principal().claims().get(Principal.DISPLAY_NAME)))
            .map(DisplayNames::plain)
            .filter(name -> !name.isEmpty()),
        Optional.ofNullable(call.principal().claims().get(Principal.MEETING_TOKEN)),
        call.queryParameters(VIDEO_TYPE).contains(SCREEN));
  }
}
