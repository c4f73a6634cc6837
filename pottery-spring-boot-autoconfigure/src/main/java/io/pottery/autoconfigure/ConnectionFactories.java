package io.pottery.autoconfigure;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.StringUtils;

/** The connections to Redis that the application has, and the one of them that Pottery takes. */
record ConnectionFactories(ListableBeanFactory beans) {

    static final String PROPERTY = "pottery.connection-factory";

    /** The one called {@code name}; without a name, the only one or the one that stands out as injection has it. */
    RedisConnectionFactory choose(@Nullable String name) {
        return StringUtils.hasText(name) ? named(name) : only();
    }

    private RedisConnectionFactory named(String name) {
        if (!beans.containsBean(name) || !beans.isTypeMatch(name, RedisConnectionFactory.class)) {
            throw new InvalidConfigurationPropertyValueException(
                    PROPERTY,
                    name,
                    "No RedisConnectionFactory bean has that name; there are: " + joined(names()) + ".");
        }
        return beans.getBean(name, RedisConnectionFactory.class);
    }

    private RedisConnectionFactory only() {
        RedisConnectionFactory only =
                beans.getBeanProvider(RedisConnectionFactory.class).getIfUnique();
        if (only == null) {
            throw new SeveralConnectionFactoriesException(names());
        }
        return only;
    }

    private List<String> names() {
        return List.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, RedisConnectionFactory.class));
    }

    static String joined(List<String> names) {
        return "'" + String.join("', '", names) + "'";
    }
}
