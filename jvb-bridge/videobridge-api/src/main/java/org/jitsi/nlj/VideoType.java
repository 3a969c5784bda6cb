package org.jitsi.nlj;

/** What a video source shows; the plugin goes by the names alone. */
public enum VideoType {}
