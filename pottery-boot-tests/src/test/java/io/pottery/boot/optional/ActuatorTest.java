package io.pottery.boot.optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.pottery.PotteryFactory;
import io.pottery.autoconfigure.PotteryEndpoint;
import io.pottery.boot.Applications;
import io.pottery.lock.Lease;
import io.pottery.lock.RedlockOptions;
import io.pottery.testredis.RedisServer;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** What the actuator of this line shows. */
class ActuatorTest {

    @Test
    void showsLeasesMastersAndMetricsAndHealthWhereThereIsTheNewOne() throws Exception {
        try (RedisServer server = RedisServer.start();
                ConfigurableApplicationContext application = Applications.run(
                        Applications.Empty.class, server, "management.endpoints.web.exposure.include=pottery")) {
            PotteryFactory pottery = application.getBean(PotteryFactory.class);
            PotteryEndpoint endpoint = application.getBean(PotteryEndpoint.class);
            RedlockOptions orders = RedlockOptions.defaults().withLabel("orders");
            try (Lease lease = pottery.redlock("order:17", orders).acquire()) {
                assertThat(lease.isValid()).isTrue();
                assertThat(endpoint.overview().leases()).hasSize(1);
                assertThat(endpoint.overview().masters().quorum()).isTrue();
            }
            pottery.cached("squares", Integer.class, Integer.class, number -> number * number)
                    .apply(3);
            MeterRegistry meters = application.getBean(MeterRegistry.class);
            await().untilAsserted(() -> assertThat(meters.get("pottery.lock.hold")
                            .tag("lock", "orders")
                            .timer()
                            .count())
                    .isEqualTo(1));
            assertThat(meters.get("cache.gets")
                            .tag("result", "miss")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(application.containsBean("potteryHealthContributor"))
                    .isNotEqualTo(System.getProperty("pottery.line").equals("boot-3.5"));
        }
    }
}
