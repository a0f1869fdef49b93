package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Page;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class EventPagesTest {

    @Test
    void whoseEventsAreDeletedWhileTheyAreReadIsToldToAskAgain(PostgresAddress address) {
        var module = new DeletingModule();
        try (var engine = TestEngine.start(address, module)) {
            var project = engine.project();
            project.collect(Event.of("a").by("ada"), Event.of("b").by("ada"));

            assertThatThrownBy(() -> module.page(project.project()))
                    .isInstanceOfSatisfying(
                            CallerException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
            assertThat(module.page(project.project())).isNotNull();
        }
    }

    /** Deletes what a page found before it is read. */
    private static final class DeletingModule implements AnalyticsModule {

        private @Nullable ModuleContext context;

        Object page(Project project) {
            return lent().questions().events(project, List.of("a", "b"), Filter.ALL, new Page(10, Optional.empty()));
        }

        @Override
        public String name() {
            return "deleting";
        }

        @Override
        public Contribution contribute(ModuleContext given) {
            context = given;
            return Contribution.builder().rewriter(this::delete).build();
        }

        private Optional<Question> delete(Project project, Question question) {
            if (question.relations().equals(List.of("a"))) {
                lent().databases().of(project).transaction(connection -> {
                    try (var statement = connection.createStatement()) {
                        return statement.executeUpdate("delete from a");
                    }
                });
            }
            return Optional.empty();
        }

        private ModuleContext lent() {
            return Objects.requireNonNull(context);
        }
    }
}
