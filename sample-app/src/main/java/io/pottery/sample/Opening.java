package io.pottery.sample;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says where the box office is. */
@Component
class Opening {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    @EventListener
    void opened(WebServerInitializedEvent event) {
        LOG.info(
                "The box office is open: http://localhost:{}",
                String.valueOf(event.getWebServer().getPort()));
    }
}
