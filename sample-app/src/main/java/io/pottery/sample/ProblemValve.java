package io.pottery.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Answers what never reaches Spring, such as a path that is no UTF-8, as {@link Problems} would. */
public class ProblemValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        if (status == null || !status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        String detail = status.is4xxClientError()
                ? "This request is not valid: its address or headers are too long, or have characters that must be percent-encoded."
                : "The request failed: the application's log says why.";
        byte[] problem = "{\"detail\":\"%s\",\"status\":%s,\"title\":\"%s\"}"
                .formatted(detail, status.value(), status.getReasonPhrase())
                .getBytes(StandardCharsets.UTF_8);
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setContentLength(problem.length);
            response.getOutputStream().write(problem);
            response.finishResponse();
        } catch (IOException e) {
            throw new UncheckedIOException("The answer could not be sent", e);
        }
    }
}
