package io.pottery.aop;

import java.util.Set;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Which beans were there before the context made any, as tests put mocks into the place of beans. */
final class ReadySingletons implements BeanFactoryPostProcessor {

    private Set<String> names = Set.of();

    /** Runs after all other post-processors, because it has no order. */
    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        names = Set.of(beans.getSingletonNames());
    }

    boolean contains(String name) {
        return names.contains(name);
    }
}
