package io.pottery.sample;

import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the phone book needs of Tomcat. */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {

    /**
     * A name may have slashes of both kinds; Tomcat refuses {@code %2F} and {@code %5C} in a path if it is not told.
     */
    @Bean
    TomcatConnectorCustomizer slashesInNames() {
        return connector -> {
            connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
            connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        };
    }

    /** Paths that Tomcat itself refuses get an answer like all others. */
    @Bean
    TomcatContextCustomizer problemsOfTomcat() {
        return context -> ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemValve.class.getName());
    }
}
