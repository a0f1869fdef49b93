package dev.tidemark.customers.counting;

import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often numbers by page are asked for. */
public final class CountedPages implements AnalyticsModule {

    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public String name() {
        return "countedpages";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        return Contribution.builder().rewriter(this::count).build();
    }

    public int asked() {
        return asked.get();
    }

    public void reset() {
        asked.set(0);
    }

    private Optional<Question> count(Project project, Question question) {
        if (question instanceof Aggregate aggregate
                && aggregate.groupings().stream()
                        .anyMatch(grouping -> grouping.name().equals("page"))) {
            asked.incrementAndGet();
        }
        return Optional.empty();
    }
}
