package io.github.jvbwhip.http.problems;

import io.github.jvbwhip.core.text.Words;

/**
 * The kinds of errors that a client can meet (RFC 9457 §3.1.1). The URIs are stable; {@code
 * docs/errors.md} explains each.
 */
public enum ProblemType {
  MALFORMED_SDP(400, "The session description is malformed"),
  MALFORMED_FRAGMENT(400, "The ICE fragment is malformed"),
  MALFORMED_REQUEST(400, "The request is malformed"),
  UNAUTHORIZED(401, "A valid token is needed"),
  FORBIDDEN(403, "The room does not let this client in"),
  NOT_FOUND(404, "There is no such resource"),
  SESSION_ENDED(404, "The session has ended"),
  METHOD_NOT_ALLOWED(405, "The resource does not have this method"),
  REQUEST_TIMEOUT(408, "The request took too long to arrive"),
  STREAM_IN_USE(409, "The stream has a publisher"),
  NAME_IN_USE(409, "The name is taken"),
  NOTHING_PUBLISHED(409, "Nothing is published"),
  NOT_ANSWERED(409, "The offer has not been answered"),
  ALREADY_ANSWERED(409, "The offer has been answered"),
  PRECONDITION_FAILED(412, "The entity tag is not the current one"),
  BODY_TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body has the wrong media type"),
  NO_MEDIA(422, "The offer has no media"),
  TWO_MEDIA_OF_ONE_KIND(422, "The offer has two media of one kind"),
  SEVERAL_STREAMS(422, "The offer has several MediaStreams"),
  MISSING_STREAM(422, "The offer names no MediaStream"),
  WRONG_DIRECTION(422, "The media has the wrong direction"),
  NO_COMMON_CODEC(422, "There is no common codec"),
  SECTION_REFUSED(422, "A part of the offer cannot be accepted"),
  NOT_BUNDLED(422, "The media is not bundled"),
  NO_RTCP_MUX(422, "RTP and RTCP are not multiplexed"),
  UNSUPPORTED_TRANSPORT(422, "The transport is not supported"),
  UNSUPPORTED_SETUP(422, "The DTLS role is not supported"),
  UNSUPPORTED_ICE(422, "The kind of ICE agent is not supported"),
  ANSWER_MISMATCH(422, "The answer does not fit the offer"),
  RESTART_REFUSED(422, "ICE cannot be restarted"),
  LAYER_UNAVAILABLE(422, "No published layer fits"),
  REFUSED(422, "The bridge does not accept the media"),
  PRECONDITION_REQUIRED(428, "The request needs an entity tag"),
  TOO_MANY_REQUESTS(429, "There are too many requests"),
  INTERNAL(500, "Something went wrong inside the server"),
  DRAINING(503, "The server takes no new sessions"),
  OVERLOADED(503, "The server is overloaded"),
  TOO_MANY_SESSIONS(503, "There are too many sessions"),
  BUSY(503, "The session is busy"),
  NOT_STORED(507, "It could not be stored"),
  LOOP_DETECTED(508, "The request comes from where it leads");

  /** A tag URI (RFC 4151): a name that stays, also where the documentation moves. */
  private static final String PREFIX = "tag:jvbwhip.github.io,2026:error:";

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** A short summary, the same for each occurrence. */
  public String title() {
    return title;
  }

  /** The last part of the URI, and the heading in the documentation. */
  public String slug() {
    return Words.of(this);
  }

  /** The {@code type} of the problem document. */
  public String uri() {
    return PREFIX + slug();
  }
}
