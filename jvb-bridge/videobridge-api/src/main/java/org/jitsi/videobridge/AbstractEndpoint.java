package org.jitsi.videobridge;

import java.util.List;
import org.jitsi.nlj.MediaSourceDesc;
import org.jitsi.videobridge.relay.AudioSourceDesc;

/** An endpoint, here or on another bridge. */
public abstract class AbstractEndpoint {

  AbstractEndpoint() {}

  public final native String getId();

  public final native boolean isExpired();

  public abstract boolean getVisitor();

  public abstract MediaSourceDesc[] getMediaSources();

  public abstract List<AudioSourceDesc> getAudioSources();

  public abstract boolean isSendingAudio();

  public abstract boolean isSendingVideo();

  public native void expire();
}
