package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.PublisherLimits;
import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.core.sdp.IceFragment;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.util.List;

/**
 * The way in: parse, plan, allocate, render. All methods are pure and thread-safe; those that plan
 * may refuse, those that render cannot fail.
 */
public final class Negotiation {
  private Negotiation() {}

  /**
   * Plans a publisher's session (RFC 9725 §4.2 and §4.4).
   *
   * @throws NegotiationException when the offer cannot be accepted as a whole
   */
  public static IngestPlan planIngest(
      SessionDescription offer, MediaCapabilities capabilities, NegotiationRules rules)
      throws NegotiationException {
    return IngestPlanner.plan(offer, capabilities, rules, List.of());
  }

  /**
   * Plans a publisher's session with some of the codecs only, or in another order than it prefers.
   *
   * @param preferences applied one after the other
   * @throws NegotiationException when the offer cannot be accepted as a whole
   */
  public static IngestPlan planIngest(
      SessionDescription offer,
      MediaCapabilities capabilities,
      NegotiationRules rules,
      List<CodecPreference> preferences)
      throws NegotiationException {
    return IngestPlanner.plan(offer, capabilities, rules, preferences);
  }

  /**
   * Plans a player's session from its offer (WHEP §4.3).
   *
   * @param preferred what is published, best first: put first in the answer; may be empty
   * @throws NegotiationException when the offer cannot be accepted; a counter-offer may help
   */
  public static EgressPlan planEgress(
      SessionDescription offer,
      MediaCapabilities capabilities,
      NegotiationRules rules,
      List<Codec> preferred)
      throws NegotiationException {
    return planEgress(offer, capabilities, rules, preferred, CodecPreference.NONE);
  }

  /**
   * The same with some of the codecs only.
   *
   * @param allowed what players get; it orders what is not published
   * @throws NegotiationException when the offer cannot be accepted; a counter-offer may help
   */
  public static EgressPlan planEgress(
      SessionDescription offer,
      MediaCapabilities capabilities,
      NegotiationRules rules,
      List<Codec> preferred,
      CodecPreference allowed)
      throws NegotiationException {
    return EgressPlanner.plan(offer, capabilities, rules, preferred, allowed);
  }

  /**
   * Plans an offer to a player (WHEP §4.3.2): audio and video, with everything that the bridge can
   * send.
   *
   * @param preferred what is published, best first: put first in the offer; may be empty
   */
  public static ServerOfferPlan planServerOffer(
      MediaCapabilities capabilities, List<Codec> preferred) {
    return planServerOffer(capabilities, preferred, CodecPreference.NONE);
  }

  /**
   * The same with some of the codecs only.
   *
   * @param allowed what players get; it orders what is not published
   * @return without m-sections where nothing is left of what the bridge can send
   */
  public static ServerOfferPlan planServerOffer(
      MediaCapabilities capabilities, List<Codec> preferred, CodecPreference allowed) {
    return ServerOffers.plan(capabilities, preferred, allowed);
  }

  /**
   * Reads a player's answer to the server's offer.
   *
   * @return the accepted media, with the player's numbers, and the player's transport
   * @throws NegotiationException {@code ANSWER_MISMATCH} when it answers another offer; the other
   *     reasons as for {@link #planEgress}
   */
  public static EgressPlan planEgressAnswer(
      ServerOfferPlan offered, SessionDescription answer, NegotiationRules rules)
      throws NegotiationException {
    return ServerAnswers.plan(offered, answer, rules);
  }

  /**
   * Plans an offer to a server that is to take what is published, in the form that it has.
   *
   * @return without m-sections where the bridge can send nothing of it
   */
  public static ServerOfferPlan planForwardOffer(
      MediaCapabilities capabilities, List<Codec> published) {
    return planForwardOffer(capabilities, published, List.of());
  }

  /**
   * The same with several encodings of the video at a time (RFC 8853).
   *
   * @param rids their names, in order; fewer than two are as good as none
   */
  public static ServerOfferPlan planForwardOffer(
      MediaCapabilities capabilities, List<Codec> published, List<String> rids) {
    return ServerOffers.ofPublished(capabilities, published, rids);
  }

  /** Plans an offer to a server that is to send: everything that the bridge can take. */
  public static ServerOfferPlan planReceivingOffer(MediaCapabilities capabilities) {
    return ServerOffers.plan(capabilities.received(), List.of(), CodecPreference.NONE);
  }

  /**
   * Writes the offer to a server that is to send.
   *
   * @param sessionId for the {@code o=} line: 0 to 2^63-1
   */
  public static SessionDescription receivingOffer(
      ServerOfferPlan plan, LocalTransport local, long sessionId) {
    return DescriptionWriter.receivingOffer(plan, local, sessionId);
  }

  /**
   * Reads the answer of a server that sends.
   *
   * @return what it sends, and its transport
   * @throws NegotiationException {@code ANSWER_MISMATCH} when it answers another offer; the other
   *     reasons as for {@link #planIngest}
   */
  public static IngestPlan planReceivingAnswer(
      ServerOfferPlan offered, SessionDescription answer, NegotiationRules rules)
      throws NegotiationException {
    return ServerAnswers.planSending(offered, answer, rules);
  }

  /**
   * Writes the answer to a publisher.
   *
   * @param sessionId for the {@code o=} line: 0 to 2^63-1
   */
  public static SessionDescription answer(IngestPlan plan, LocalTransport local, long sessionId) {
    return answer(plan, PublisherLimits.NONE, local, sessionId);
  }

  /**
   * Writes the answer to a publisher that is told what it may send at most.
   *
   * @param sessionId for the {@code o=} line: 0 to 2^63-1
   */
  public static SessionDescription answer(
      IngestPlan plan, PublisherLimits limits, LocalTransport local, long sessionId) {
    return DescriptionWriter.answer(plan, limits, local, sessionId);
  }

  /**
   * Writes the answer to a player.
   *
   * @param sources what the bridge sends, found by mid
   * @param sessionId for the {@code o=} line: 0 to 2^63-1
   */
  public static SessionDescription answer(
      EgressPlan plan, LocalTransport local, List<SentSource> sources, long sessionId) {
    return DescriptionWriter.answer(plan, local, sources, sessionId);
  }

  /**
   * Writes the server's offer to a player; {@code actpass} unless the bridge has a role.
   *
   * @param sources what the bridge sends, found by mid
   * @param sessionId for the {@code o=} line: 0 to 2^63-1
   */
  public static SessionDescription offer(
      ServerOfferPlan plan, LocalTransport local, List<SentSource> sources, long sessionId) {
    return DescriptionWriter.offer(plan, local, sources, sessionId);
  }

  /**
   * Writes the body of the 200 response to an ICE restart (RFC 9725 §4.3.3): the bridge's new
   * credentials and all its candidates.
   *
   * @param outline of the session's plan
   */
  public static IceFragment restartFragment(LocalTransport local, AnswerOutline outline) {
    return Fragments.restart(local, outline);
  }
}
