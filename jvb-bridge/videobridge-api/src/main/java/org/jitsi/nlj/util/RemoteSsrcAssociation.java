package org.jitsi.nlj.util;

import org.jitsi.nlj.rtp.SsrcAssociationType;

/** Two SSRCs of what is sent to an endpoint. */
public final class RemoteSsrcAssociation extends SsrcAssociation {

  @SuppressWarnings("unused") // declaration
  public RemoteSsrcAssociation(long primarySsrc, long secondarySsrc, SsrcAssociationType type) {}
}
