package io.pottery.sample;

import io.pottery.error.PotteryException;
import io.pottery.error.QuorumIsImpossibleException;
import io.pottery.error.QuorumNotAchievedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;

/** Tells people in a sentence what went wrong, as {@code application/problem+json}. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /** What was waited for in vain. */
    @ExceptionHandler
    ProblemDetail anotherHoldsTheLock(QuorumNotAchievedException failure) {
        LOG.info(failure.getMessage());
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.CONFLICT, "Somebody else is at it still: try again in a moment.");
    }

    /** A quorum that is impossible is masters that do not answer, not somebody else. */
    @ExceptionHandler({PotteryException.class, QuorumIsImpossibleException.class})
    ProblemDetail redisFailed(PotteryException failure) {
        LOG.warn(failure.getMessage());
        String message = String.valueOf(failure.getMessage());
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE,
                failure instanceof QuorumIsImpossibleException ? firstSentence(message) : message);
    }

    /** Those that follow tell of each master by itself. */
    private static String firstSentence(String message) {
        int end = message.indexOf(". ");
        return end < 0 ? message : message.substring(0, end + 1);
    }

    @ExceptionHandler
    ProblemDetail redisFailed(DataAccessException failure) {
        LOG.warn(failure.getMessage());
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE, "Redis does not answer: is it running?");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String field = failure.getCause() instanceof JacksonException mismatch ? wrongField(mismatch) : null;
        String detail = field == null
                ? "The body must be JSON, an object with the fields that this address takes."
                : "The field '%s' has a value of the wrong kind.".formatted(field);
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        return handleExceptionInternal(failure, problem, headers, status, request);
    }

    /** The field whose value is JSON, and yet cannot be taken; null if the JSON is to blame. */
    private static @Nullable String wrongField(JacksonException mismatch) {
        boolean isJson = mismatch instanceof DatabindException || mismatch instanceof InputCoercionException;
        return isJson && !mismatch.getPath().isEmpty()
                ? mismatch.getPath().get(0).getPropertyName()
                : null;
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                status,
                "The value of '%s' cannot be '%s'."
                        .formatted(String.valueOf(failure.getPropertyName()), failure.getValue()));
        return handleExceptionInternal(failure, problem, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                status, "There is nothing at '/%s'.".formatted(failure.getResourcePath()));
        return handleExceptionInternal(failure, problem, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException failure,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String types = String.join(
                " or ",
                failure.getSupportedMediaTypes().stream()
                        .map(MediaType::toString)
                        .toList());
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(status, "The Content-Type of the body must be %s.".formatted(types));
        return handleExceptionInternal(failure, problem, headers, status, request);
    }
}
