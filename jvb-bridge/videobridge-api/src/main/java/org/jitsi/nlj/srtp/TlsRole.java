package org.jitsi.nlj.srtp;

/** Which side of the handshake the bridge is; the plugin passes it on. */
public enum TlsRole {}
