package dev.tidemark.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Callers;
import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalTest {

    /** Whoever keeps an open connection asks again and again, and must not end of it. */
    @Test
    void aReaderOfTokensThatThrowsRefusesNobody() {
        var headers = WritableHeaders.create().set(HeaderNames.AUTHORIZATION, "Bearer bad_token");

        assertThat(Refusal.of(new BrokenCallers(), headers)).isEmpty();
    }

    private record BrokenCallers() implements Callers {

        @Override
        public Caller withKey(String key, Optional<String> project) {
            throw new NoClassDefFoundError("example/Missing");
        }

        @Override
        public void count(Caller caller) {}
    }
}
