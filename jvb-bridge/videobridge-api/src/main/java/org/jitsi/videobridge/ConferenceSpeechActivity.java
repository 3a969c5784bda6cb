package org.jitsi.videobridge;

/** Who speaks. */
public class ConferenceSpeechActivity {

  private ConferenceSpeechActivity() {}

  public native AbstractEndpoint getDominantEndpoint();
}
