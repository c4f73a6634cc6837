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
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if the properties name masters for locks. */
final class OnLockMastersCondition extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        BindResult<List<Master>> masters =
                Binder.get(context.getEnvironment()).bind(LockMaster.PROPERTY, Bindable.listOf(Master.class));
        ConditionMessage.Builder message = ConditionMessage.forCondition("Lock masters");
        return masters.isBound() && !masters.get().isEmpty()
                ? ConditionOutcome.match(message.foundExactly(LockMaster.PROPERTY))
                : ConditionOutcome.noMatch(message.didNotFind("property").items(LockMaster.PROPERTY));
    }
}
