package io.github.jvbwhip.testpeer;

import io.github.jvbwhip.dtls.SrtpProfile;
import io.github.jvbwhip.testpeer.transport.LocalAddresses;
import java.net.InetAddress;
import java.util.List;

/**
 * How a {@link TestPeer} behaves; immutable.
 *
 * @param address where its UDP socket is bound, and its only candidate
 * @param srtpProfiles what it offers in DTLS, best first
 * @param sendsNacks whether it asks for what it misses
 * @param answersNacks whether it retransmits (by RTX where negotiated)
 * @param answersKeyframeRequests whether PLI and FIR make a keyframe
 * @param sendsReports whether it sends sender and receiver reports twice a second
 * @param sendsTransportFeedback whether it says when packets arrived, where transport-cc was agreed
 * @param oddIceCredentials whether these have all characters that browsers let pass, beside those
 *     of RFC 8839
 */
public record PeerOptions(
    InetAddress address,
    List<SrtpProfile> srtpProfiles,
    boolean sendsNacks,
    boolean answersNacks,
    boolean answersKeyframeRequests,
    boolean sendsReports,
    boolean sendsTransportFeedback,
    boolean oddIceCredentials) {
  public PeerOptions {
    srtpProfiles = List.copyOf(srtpProfiles);
  }

  /** A peer that does all of it, on this machine's preferred address. */
  public static PeerOptions defaults() {
    return new PeerOptions(
        LocalAddresses.preferred(),
        List.of(SrtpProfile.values()),
        true,
        true,
        true,
        true,
        true,
        false);
  }

  /** The same on another address. */
  public PeerOptions withAddress(InetAddress other) {
    return new PeerOptions(
        other,
        srtpProfiles,
        sendsNacks,
        answersNacks,
        answersKeyframeRequests,
        sendsReports,
        sendsTransportFeedback,
        oddIceCredentials);
  }

  /** The same with other SRTP profiles. */
  public PeerOptions withSrtpProfiles(SrtpProfile... other) {
    return new PeerOptions(
        address,
        List.of(other),
        sendsNacks,
        answersNacks,
        answersKeyframeRequests,
        sendsReports,
        sendsTransportFeedback,
        oddIceCredentials);
  }

  /** The same without asking for what it misses. */
  public PeerOptions withoutNacks() {
    return new PeerOptions(
        address,
        srtpProfiles,
        false,
        answersNacks,
        answersKeyframeRequests,
        sendsReports,
        sendsTransportFeedback,
        oddIceCredentials);
  }

  /** The same deaf to RTCP: no retransmission, no keyframe on request, as some encoders are. */
  public PeerOptions deafToFeedback() {
    return new PeerOptions(
        address,
        srtpProfiles,
        sendsNacks,
        false,
        false,
        sendsReports,
        sendsTransportFeedback,
        oddIceCredentials);
  }

  /** The same without keyframes on request, but with retransmissions, as OBS is. */
  public PeerOptions ignoringKeyframeRequests() {
    return new PeerOptions(
        address,
        srtpProfiles,
        sendsNacks,
        answersNacks,
        false,
        sendsReports,
        sendsTransportFeedback,
        oddIceCredentials);
  }

  /** The same without reports and without transport feedback: RTCP on command only. */
  public PeerOptions withoutReports() {
    return new PeerOptions(
        address,
        srtpProfiles,
        sendsNacks,
        answersNacks,
        answersKeyframeRequests,
        false,
        false,
        oddIceCredentials);
  }

  /** The same with {@code = - _ #} in its ICE credentials. */
  public PeerOptions withOddIceCredentials() {
    return new PeerOptions(
        address,
        srtpProfiles,
        sendsNacks,
        answersNacks,
        answersKeyframeRequests,
        sendsReports,
        sendsTransportFeedback,
        true);
  }
}
