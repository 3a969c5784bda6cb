package io.github.jvbwhip.http.access;

/** What a request is about to do, as far as access depends on it. */
public enum Action {
  /** To publish a stream, or to manage the session that does. */
  PUBLISH,
  /** To watch a room or a stream, or to manage the session that does. */
  WATCH,
  /** To see which rooms there are. */
  LIST_ROOMS,
  /** To send a room's players an SCTE 35 message. */
  SEND_SCTE35,
  /** To see and to do what whoever runs the server does. */
  OPERATE
}
