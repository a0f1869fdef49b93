package dev.tidemark.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.realtime.RealtimeAnswer.RealtimeGroup;
import dev.tidemark.realtime.RealtimeAnswer.RealtimeSlide;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FollowedAnswersTest {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    private final FollowedAnswers followed = new FollowedAnswers(100_000);

    @Test
    void whatIsFollowedIsRefusedWhereAllTogetherWouldBeTooLarge() {
        var one = followed.place();
        var other = followed.place();
        one.next(() -> answer(60_000));

        assertThatThrownBy(() -> other.next(() -> answer(60_000)))
                .isInstanceOfSatisfying(
                        CallerException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        one.next(() -> answer(70_000));
        one.close();
        other.next(() -> answer(60_000));
    }

    @Test
    void anAnswerThatComesAfterItsEndIsNotHeld() {
        var gone = followed.place();
        gone.close();
        gone.next(() -> answer(70_000));
        gone.close();

        followed.place().next(() -> answer(70_000));
    }

    @Test
    void theTextsOfAGroupAreThereOnceHoweverManySlidesHaveIt() {
        assertThat(answer(10_000).bytes()).isBetween(10_000L, 50_000L);
    }

    private static RealtimeAnswer answer(int textLength) {
        var group = new RealtimeGroup(Map.of("text", "x".repeat(textLength)), 1, Map.of("count", 1L));
        var slide = new RealtimeSlide(NOON, NOON.plusSeconds(1), List.of(group));
        return new RealtimeAnswer(NOON, NOON.plusSeconds(60), NOON, List.of(group), Collections.nCopies(60, slide));
    }
}
