package org.example.goals;

import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;

/** GraphQL on one side, the store on the other. */
final class GoalsResolvers {

    private static final int LONGEST_NAME = 100;

    private final GoalsStore store;
    private final KnownGoals known;

    GoalsResolvers(GoalsStore store, KnownGoals known) {
        this.store = store;
        this.known = known;
    }

    List<Goal> goals(DataFetchingEnvironment environment) {
        return store.all(Caller.of(environment).project());
    }

    Payload setGoal(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        Map<String, String> input = environment.getArgumentOrDefault("input", Map.of());
        var name = input.getOrDefault("name", "").strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, "A goal's name has 1 to 100 characters.", "name");
        }
        var goal = store.set(project, input.getOrDefault("collection", ""), name);
        known.forget(project);
        return new Payload(goal);
    }

    record Payload(Goal goal) {}
}
