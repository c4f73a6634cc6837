package io.pottery.sample;

import io.pottery.error.PotteryException;
import io.pottery.error.QuorumIsImpossibleException;
import io.pottery.error.QuorumNotAchievedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

/** Tells people in a sentence what went wrong, as {@code application/problem+json}. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /** There is one lock here, that of the import. */
    @ExceptionHandler
    ProblemDetail anotherHoldsTheLock(QuorumNotAchievedException failure) {
        LOG.info(failure.getMessage());
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.CONFLICT, "Another import is running: try again when it has ended.");
    }

    /** A quorum that is impossible is a Redis that does not answer, not another import. */
    @ExceptionHandler({PotteryException.class, QuorumIsImpossibleException.class})
    ProblemDetail redisFailed(PotteryException failure) {
        LOG.warn(failure.getMessage());
        return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(failure.getMessage()));
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
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                status, "The body must be JSON such as {\"number\": \"+44 20 7946 0018\"}.");
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
