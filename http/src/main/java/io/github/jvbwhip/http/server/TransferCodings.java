package io.github.jvbwhip.http.server;

import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses transfer codings that this server does not have, and any in HTTP/1.0, where a proxy may
 * have seen another end of the message (RFC 9112 §6.1). Jetty itself knows that chunked comes last,
 * but takes what is before it for done. Stateless.
 */
final class TransferCodings extends Handler.Wrapper {
  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    List<String> codings = request.getHeaders().getValuesList(HttpHeader.TRANSFER_ENCODING);
    if (codings.isEmpty()) {
      return super.handle(request, response, callback);
    }
    if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0) {
      return refuse(
          HttpStatus.BAD_REQUEST_400,
          "HTTP/1.0 has no Transfer-Encoding.",
          request,
          response,
          callback);
    }
    if (codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked")) {
      return super.handle(request, response, callback);
    }
    return refuse(
        HttpStatus.NOT_IMPLEMENTED_501,
        "The one Transfer-Encoding that is taken is chunked.",
        request,
        response,
        callback);
  }

  private static boolean refuse(
      int status, String why, Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    Response.writeError(request, response, callback, status, why);
    return true;
  }
}
