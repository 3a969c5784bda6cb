package org.jitsi.videobridge;

import org.jitsi.utils.version.Version;
import org.jitsi.videobridge.shutdown.ShutdownState;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ;
import org.jivesoftware.smack.packet.IQ;

/** The bridge: its conferences and its Colibri2 entry. */
public class Videobridge {

  private Videobridge() {}

  public native java.util.Collection<Conference> getConferences();

  public native Conference getConferenceByMeetingId(String meetingId);

  public native void expireConference(Conference conference);

  public native IQ handleConferenceModifyIq(ConferenceModifyIQ request);

  public native boolean getDrainMode();

  public native boolean isInGracefulShutdown();

  public native ShutdownState getShutdownState();

  public native Version getVersion();
}
