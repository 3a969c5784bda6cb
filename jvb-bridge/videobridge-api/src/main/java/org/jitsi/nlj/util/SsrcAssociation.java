package org.jitsi.nlj.util;

/** Two SSRCs that belong together. */
public abstract class SsrcAssociation {

  SsrcAssociation() {}
}
