package io.pottery.autoconfigure;

import io.pottery.autoconfigure.PotteryProperties.Master;
import java.util.List;

/** The masters that the properties name; none if they do not. */
record PropertiesPotteryLockConnectionDetails(PotteryProperties properties) implements PotteryLockConnectionDetails {

    @Override
    public List<Master> getMasters() {
        return properties.lock().masters();
    }
}
