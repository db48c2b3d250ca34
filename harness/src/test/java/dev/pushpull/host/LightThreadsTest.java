package dev.pushpull.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LightThreadsTest {
    @Test
    void theyExistWhereWaitingHoldsNoPlatformThread() {
        assertThat(LightThreads.exist()).isEqualTo(Runtime.version().feature() >= 24);
    }

    @Test
    void whatIsStartedIsDoneOnWhateverThreadsThereAre() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(2);
        RoleThreads role = new RoleThreads("light", RoleThreads.CONSUMER);
        Thread own = role.start(done::countDown, false);
        role.start(done::countDown, LightThreads.exist());
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(own.getName()).doesNotStartWith("ForkJoinPool");
    }

    @Test
    void onlyCarriersWorkForOthers() {
        assertThat(LightThreads.bookedAs("polling:provider:1")).isEqualTo("polling:provider:1");
        assertThat(LightThreads.bookedAs("main")).isEqualTo("main");
    }
}
