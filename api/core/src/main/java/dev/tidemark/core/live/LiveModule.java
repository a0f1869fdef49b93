package dev.tidemark.core.live;

import dev.tidemark.core.questions.QuestionEngine;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.LiveQuestions;
import dev.tidemark.spi.ModuleContext;
import graphql.schema.TypeResolver;
import java.util.Map;
import java.util.Objects;

/** Answers that are told again as they change. */
public final class LiveModule implements AnalyticsModule {

    private static final int QUESTIONS = 200;
    private static final int TURNS = 2;

    /** An object type is named as the Java class of its values. */
    private static final TypeResolver BY_CLASS = environment -> environment
            .getSchema()
            .getObjectType(Objects.requireNonNull(environment.<Object>getObject())
                    .getClass()
                    .getSimpleName());

    private final QuestionEngine questions;
    private volatile Map<String, LiveQuestions> fields = Map.of();

    public LiveModule(QuestionEngine questions) {
        this.questions = questions;
    }

    /** Learns which questions there are, by the fields of {@code Live}. */
    public void join(Map<String, LiveQuestions> added) {
        fields = Map.copyOf(added);
    }

    @Override
    public String name() {
        return "live";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var most = context.setting(
                "questions", QUESTIONS, "How many different questions of a project are followed on a node.");
        var turns =
                context.setting("turns", TURNS, "How many of the questions followed are asked at a time on a node.");
        var live = new LiveResolvers(context, questions, () -> fields, most, turns);
        return Contribution.builder()
                .resolver("Subscription", "live", live::live)
                .typeResolver("LiveUpdate", BY_CLASS)
                .typeResolver("LiveValue", BY_CLASS)
                .build();
    }
}
