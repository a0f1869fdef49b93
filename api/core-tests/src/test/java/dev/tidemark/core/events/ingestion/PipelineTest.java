package dev.tidemark.core.events.ingestion;

import static dev.tidemark.core.events.EventNode.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.events.EventNode;
import dev.tidemark.core.events.admission.Pipeline;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Refusal;
import dev.tidemark.testkit.PostgresExtension;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What modules make of events, and refuse, before they are stored. */
@ExtendWith(PostgresExtension.class)
class PipelineTest {

    @AutoClose
    private final EventNode node;

    private Project project;

    PipelineTest(PostgresAddress address) {
        this.node = EventNode.start(address);
    }

    @BeforeEach
    void project() {
        project = node.project();
    }

    @Test
    void aFailingMapperTurnsItsEventIntoADeadLetterThatNamesTheModule() {
        node.events.passThrough(new Pipeline(
                List.of(
                        new Pipeline.OfModule<>("enrich", (p, e, o) -> e.with("country", "DE")),
                        new Pipeline.OfModule<>("broken", (p, e, o) -> {
                            if (e.properties().containsKey("bad")) {
                                throw new IllegalStateException("no");
                            }
                            return e;
                        })),
                List.of(new Pipeline.OfModule<>(
                        "strict",
                        (p, e, o) -> e.properties().containsKey("refuse")
                                ? Optional.of(new Refusal("unwanted", "/properties/refuse", "Not that."))
                                : Optional.empty())),
                Map.of(),
                Set.of()));

        var outcomes = node.collect(project, event("a", "bad", 1L), event("a", "refuse", 1L), event("a", "n", 1L));

        assertThat(outcomes.get(0))
                .isEqualTo(new Outcome.Refused(
                        new Refusal("mapper_failed", "", "Module broken failed on this event."), true));
        assertThat(((Outcome.Refused) outcomes.get(1)).reason().code()).isEqualTo("unwanted");
        assertThat(node.all(project).getFirst().event().properties()).containsEntry("country", "DE");
    }

    @Test
    void eventsPassByWhatIsOutOfServiceInTheirProject() {
        node.events.passThrough(new Pipeline(
                List.of(new Pipeline.OfModule<>("broken", (p, e, o) -> {
                    throw new IllegalStateException("no");
                })),
                List.of(new Pipeline.OfModule<>("broken", (p, e, o) -> {
                    throw new IllegalStateException("no");
                })),
                Map.of(),
                Set.of()));
        node.events.passBy(other -> other.equals(project) ? Set.of("broken") : Set.of());

        var outcomes = node.collect(project, event("a", "n", 1L));

        assertThat(outcomes).singleElement().isInstanceOf(Outcome.Stored.class);
    }

    @Test
    void whatMappersAddTakesNothingFromWhatWasSent() {
        node.events.passThrough(new Pipeline(
                List.of(new Pipeline.OfModule<>(
                        "enrich",
                        (p, e, o) -> e.withAbsent(Map.of(
                                "browser_version", "17.0", "utm_source", "ad", "utm_term", "a\0", "os", "iOS")))),
                List.of(),
                Map.of(),
                Set.of("browser_version", "utm_source", "utm_term", "os")));

        var outcomes = node.collect(
                project, event("a", "utmSource", "mine", "browser", Map.of("version", "own")), event("a", "os", 5L));

        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Stored.class))
                .first()
                .satisfies(outcome ->
                        assertThat(((Outcome.Stored) outcome).warnings()).isEmpty());
        assertThat(node.all(project).getFirst().event().properties())
                .isEqualTo(Map.of("utmSource", "mine", "browser.version", "own", "os", "iOS"));
    }
}
