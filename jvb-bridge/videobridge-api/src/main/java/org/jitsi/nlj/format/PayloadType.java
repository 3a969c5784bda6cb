package org.jitsi.nlj.format;

import org.jitsi.utils.MediaType;

/** What a payload type stands for. */
public abstract class PayloadType {

  PayloadType() {}

  public native String encodingName();

  public native MediaType getMediaType();

  public native byte getPt();
}
