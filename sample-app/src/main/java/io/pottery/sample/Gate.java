package io.pottery.sample;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Keeps out what the page does not send: bodies without bounds, and calls by pages of others. */
@Component
class Gate extends OncePerRequestFilter {

    private static final int LARGEST_BODY = 64 * 1024;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final HandlerExceptionResolver problems;
    private final boolean local;

    Gate(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems, ServerProperties server) {
        this.problems = problems;
        InetAddress address = server.getAddress();
        this.local = address != null && address.isLoopbackAddress();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
        ResponseStatusException refusal = refusal(request);
        if (refusal == null) {
            chain.doFilter(request, response);
        } else {
            problems.resolveException(request, response, null, refusal);
        }
    }

    private @Nullable ResponseStatusException refusal(HttpServletRequest request) {
        if (local && !THIS_MACHINE.contains(request.getServerName())) {
            // a name that its owner has pointed to this machine, for scripts of theirs
            return new ResponseStatusException(
                    HttpStatus.MISDIRECTED_REQUEST, "This application is at localhost, and has no other name.");
        }
        if (request.getContentLengthLong() > LARGEST_BODY) {
            return new ResponseStatusException(
                    HttpStatus.CONTENT_TOO_LARGE, "The body must not be larger than 64 KiB.");
        }
        if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            return new ResponseStatusException(
                    HttpStatus.LENGTH_REQUIRED, "The body must be sent with a Content-Length.");
        }
        return null;
    }
}
