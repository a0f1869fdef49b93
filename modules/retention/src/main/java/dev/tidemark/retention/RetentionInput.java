package dev.tidemark.retention;

import dev.tidemark.retention.RetentionQuestion.Action;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Questions;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Reads GraphQL's {@code RetentionInput}. Errors have the path from it. */
final class RetentionInput {

    private static final int MOST_UNITS = 1_000;
    private static final int MOST_BRACKETS = 100;

    private final Questions questions;
    private final Arguments input;

    RetentionInput(Questions questions, Arguments input) {
        this.questions = questions;
        this.input = input;
    }

    RetentionQuestion question() {
        var from = (Instant) input.value("from").orElseThrow();
        var to = (Instant) input.value("to").orElseThrow();
        require(from.isBefore(to), "The range ends after it begins.", "to");
        var calendar = new Calendar(
                input.constant("unit", Calendar.Unit.class).orElseThrow(), questions.zone(input.required("zone")));
        var question = new RetentionQuestion(
                action("first"),
                action("returning"),
                from,
                to,
                calendar,
                input.required("cohorts").equals("RECURRING"),
                brackets(),
                input.text("breakdown"));
        if (question.lastUnit() - calendar.unit(from) >= MOST_UNITS) {
            throw new CallerException(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    "The range has more than " + MOST_UNITS + " units: shorten it, or use a longer unit.",
                    "to");
        }
        return question;
    }

    private Action action(String name) {
        var action = input.object(name).orElseThrow();
        try {
            return new Action(
                    action.text("collection"),
                    action.object("where").map(questions::filter).orElse(Filter.ALL));
        } catch (CallerException e) {
            throw e.within(name);
        }
    }

    private List<Integer> brackets() {
        var brackets = input.value("brackets").map(all -> (List<?>) all).orElse(List.of()).stream()
                .map(Integer.class::cast)
                .toList();
        require(
                brackets.isEmpty()
                        || (brackets.size() >= 2
                                && brackets.size() <= MOST_BRACKETS
                                && brackets.getFirst() >= 0
                                && IntStream.range(1, brackets.size())
                                        .allMatch(i -> brackets.get(i - 1) < brackets.get(i))),
                "Brackets are 2 to " + MOST_BRACKETS + " numbers from 0 on, each greater than the one before.",
                "brackets");
        return brackets;
    }

    private static void require(boolean condition, String message, String path) {
        if (!condition) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, message, path);
        }
    }
}
