package dev.pushpull.provider.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pushpull.store.Outbox;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeptSubscriptionsTest {
    @Test
    void oneWhoseSecretIsNotAcceptedAnyMoreIsShownAndEnded() {
        Subscriptions subscriptions =
                new Subscriptions(null, List.of(kept("blank", " "), kept("good", "s3cret")), ended -> {});

        assertThat(subscriptions.all())
                .extracting(Subscription::id, Subscription::active)
                .containsExactly(tuple("blank", false), tuple("good", true));
    }

    private static Outbox.Subscriber kept(String id, String secret) {
        return new Outbox.Subscriber(id, "http://127.0.0.1/hook", "github", Optional.empty(), secret);
    }
}
