package io.github.jvbwhip.testpeer.sdp;

/**
 * One encoding that the peer sends.
 *
 * @param rid empty without RID simulcast
 */
public record LocalEncoding(String rid, long ssrc, long rtxSsrc) {}
