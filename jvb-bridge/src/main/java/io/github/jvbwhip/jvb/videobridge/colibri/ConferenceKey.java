package io.github.jvbwhip.jvb.videobridge.colibri;

import java.util.Optional;

/**
 * How a request names its conference.
 *
 * @param meetingId what the bridge finds it by
 * @param name a bare JID; given when the conference is created
 */
public record ConferenceKey(String meetingId, Optional<String> name) {}
