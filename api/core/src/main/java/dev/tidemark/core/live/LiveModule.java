package dev.tidemark.core.live;

import dev.tidemark.core.questions.QuestionEngine;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.LiveQuestions;
import dev.tidemark.spi.ModuleContext;
import graphql.schema.TypeResolver;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

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
    private final Supplier<Map<String, LiveQuestions>> fields;

    /** @param fields which questions there are, by the fields of {@code Live}; known once all have contributed */
    public LiveModule(QuestionEngine questions, Supplier<Map<String, LiveQuestions>> fields) {
        this.questions = questions;
        this.fields = fields;
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
        var live = new LiveResolvers(context, questions, fields, most, turns);
        return Contribution.builder()
                .resolver("Subscription", "live", live::live)
                .typeResolver("LiveUpdate", BY_CLASS)
                .typeResolver("LiveValue", BY_CLASS)
                .build();
    }
}
