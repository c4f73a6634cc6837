package io.pottery.autoconfigure;

import io.pottery.autoconfigure.PotteryProperties.Master;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if the list of masters that {@link ConditionalOnMasters} tells has elements. */
final class OnMastersCondition extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        String list = metadata.getAnnotations().get(ConditionalOnMasters.class).getString(MergedAnnotation.VALUE);
        BindResult<List<Master>> masters =
                Binder.get(context.getEnvironment()).bind(list, Bindable.listOf(Master.class));
        ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnMasters.class);
        return masters.isBound() && !masters.get().isEmpty()
                ? ConditionOutcome.match(message.foundExactly(list))
                : ConditionOutcome.noMatch(message.didNotFind("property").items(list));
    }
}
