package io.pottery.sample;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set of the sample itself.
 *
 * @param paymentTime how long the card terminal takes
 * @param reportTime how long the query of the report takes
 * @param mailTime how long a postman takes to write a mail
 * @param showCommands whether the page shows the commands that the servers run
 */
@ConfigurationProperties("sample")
public record SampleProperties(
        @DefaultValue("1200ms") Duration paymentTime,
        @DefaultValue("1500ms") Duration reportTime,
        @DefaultValue("2s") Duration mailTime,
        @DefaultValue("true") boolean showCommands) {}
