package io.github.jvbwhip.http.server;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What Jetty itself refuses is told by problem documents too (RFC 9457). Statuses that no type of
 * this server is for have the type {@code about:blank} (§4.2.1). Thread-safe.
 */
final class ProblemErrors extends ErrorHandler {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<Integer, ProblemType> TYPES =
      Map.of(
          HttpStatus.BAD_REQUEST_400, ProblemType.MALFORMED_REQUEST,
          HttpStatus.NOT_FOUND_404, ProblemType.NOT_FOUND,
          HttpStatus.METHOD_NOT_ALLOWED_405, ProblemType.METHOD_NOT_ALLOWED,
          HttpStatus.REQUEST_TIMEOUT_408, ProblemType.REQUEST_TIMEOUT,
          HttpStatus.INTERNAL_SERVER_ERROR_500, ProblemType.INTERNAL);

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Reply.PROBLEM);
    byte[] body = document(status, message);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    boolean head = request.getMethod().equals("HEAD");
    response.write(true, ByteBuffer.wrap(head ? new byte[0] : body), callback);
  }

  @Override
  public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
    fields.put(HttpHeader.CONTENT_TYPE, Reply.PROBLEM);
    return ByteBuffer.wrap(document(status, reason));
  }

  /** Of faults only that there was one: what they say is the server's own. */
  private static byte[] document(int status, @Nullable String message) {
    String title = HttpStatus.getMessage(status);
    boolean fault = status >= 500 && status != HttpStatus.NOT_IMPLEMENTED_501;
    String detail = fault || message == null || message.isBlank() ? title : message;
    ProblemType type = TYPES.get(status);
    return type != null
        ? Reply.of(new ProblemException(type, detail)).body()
        : JSON.createObjectNode()
            .put("type", "about:blank")
            .put("title", title)
            .put("status", status)
            .put("detail", detail)
            .toString()
            .getBytes(StandardCharsets.UTF_8);
  }
}
