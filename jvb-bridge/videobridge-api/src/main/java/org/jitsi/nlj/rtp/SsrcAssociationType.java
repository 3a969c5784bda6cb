package org.jitsi.nlj.rtp;

/** How two SSRCs belong together. */
public enum SsrcAssociationType {
  RTX
}
