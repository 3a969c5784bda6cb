package io.github.jvbwhip.whep;

import io.github.jvbwhip.core.negotiation.EgressPlan;
import io.github.jvbwhip.core.negotiation.Negotiation;
import io.github.jvbwhip.core.negotiation.NegotiationException;
import io.github.jvbwhip.core.negotiation.NegotiationRules;
import io.github.jvbwhip.core.negotiation.ServerOfferPlan;
import io.github.jvbwhip.core.sdp.SdpReader;
import io.github.jvbwhip.core.sdp.SessionDescription;
import io.github.jvbwhip.core.session.SessionState;
import io.github.jvbwhip.http.config.HttpConfig;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.http.problems.Problems;
import io.github.jvbwhip.http.sessions.PatchHandler;
import io.github.jvbwhip.http.sessions.SdpBodies;
import java.util.concurrent.CompletableFuture;

/**
 * The player's answer to the server's offer (WHEP §4.3.2): PATCH with {@code application/sdp}. An
 * answer that is refused leaves the offer standing, until it expires.
 */
final class AnswerPatch implements PatchHandler<PlayerSession> {
  private final SdpReader reader;
  private final NegotiationRules rules;

  AnswerPatch(HttpConfig config) {
    this.reader = config.sdpReader();
    this.rules = NegotiationRules.of(config.strict());
  }

  @Override
  public CompletableFuture<Reply> patch(Call call, PlayerSession session) throws ProblemException {
    ServerOfferPlan offered = session.serverOffer().orElseThrow(AnswerPatch::nothingToAnswer);
    SdpReader.Reading<SessionDescription> answer = SdpBodies.description(call, reader);
    EgressPlan plan = plan(offered, answer);
    return session.submit(
        () -> {
          if (session.state() != SessionState.OFFERED) {
            throw nothingToAnswer();
          }
          session.endpoint().orElseThrow().connect(plan.remote(), plan.media());
          session.answered(plan.remote().credentials(), plan.outline());
          session.negotiated(plan);
          SdpBodies.logLeftOut(session, answer.leftOut());
          return Reply.of(204);
        });
  }

  private EgressPlan plan(ServerOfferPlan offered, SdpReader.Reading<SessionDescription> answer)
      throws ProblemException {
    try {
      return Negotiation.planEgressAnswer(offered, answer.value(), rules);
    } catch (NegotiationException e) {
      throw Problems.of(e, answer.leftOut());
    }
  }

  private static ProblemException nothingToAnswer() {
    return new ProblemException(
        ProblemType.ALREADY_ANSWERED, "This session has no offer that waits for an answer.");
  }
}
