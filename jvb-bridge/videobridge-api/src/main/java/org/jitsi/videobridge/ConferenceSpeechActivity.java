package org.jitsi.videobridge;

import java.util.List;

/** Who speaks. */
public class ConferenceSpeechActivity {

  private ConferenceSpeechActivity() {}

  public native List<String> getRecentSpeakers();

  public native void endpointsChanged(List<AbstractEndpoint> conferenceEndpoints);
}
