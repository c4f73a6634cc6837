package io.pottery.sample;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the application needs of Tomcat. */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {

    /** Paths that Tomcat itself refuses get an answer like all others. */
    @Bean
    TomcatContextCustomizer problemsOfTomcat() {
        return context -> ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemValve.class.getName());
    }
}
