package io.github.jvbwhip.embedded.forward;

import java.util.Optional;

/** What brings the encodings of a video, by one session. Guarded by the room's lock. */
interface EncodingSource {
  MediaOwner owner();

  /** The encoding that became known last. */
  Optional<Encoding> newest();

  /** Whether that encoding comes by this session. */
  boolean brings(Encoding encoding);

  /** Those that are told of its packets. */
  MediaFollower[] followers();
}
