package dev.tidemark.core.questions;

import dev.tidemark.core.questions.answers.AnsweredPage;
import dev.tidemark.core.questions.answers.Cursor;
import dev.tidemark.core.questions.input.AggregateInput;
import dev.tidemark.spi.Answer;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Page;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.Question.Order;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of relations page by page.
 *
 * @param asked answers
 * @param columns what is read of each row
 * @param key the columns by which the order ends: they tell apart what is otherwise equal
 */
public record RowPages(
        Function<Question.Rows, Answer> asked, List<String> relations, List<String> columns, List<String> key) {

    static final int MOST_ORDERS = 3;

    /** The argument {@code orderBy}, its names as they are. */
    public static List<Order> orders(Arguments arguments) {
        return AggregateInput.orders(arguments, MOST_ORDERS);
    }

    /**
     * @param order by columns' names
     * @param nodes makes what is shown of rows, each of which begins with the values of the columns
     */
    public <N> AnsweredPage<N> page(
            Filter filter, List<Order> order, Page page, Function<List<List<@Nullable Object>>, List<N>> nodes) {
        var isDescending = order.isEmpty() || order.getLast().descending();
        var whole = both(
                order,
                key.stream()
                        .filter(column -> order.stream().noneMatch(by -> by.by().equals(column)))
                        .map(column -> new Order(column, isDescending))
                        .toList());
        var question = new Question.Rows(
                relations,
                both(columns, whole.stream().map(Order::by).toList()),
                filter,
                whole,
                page.first() + 1,
                page.after().map(cursor -> Cursor.values(cursor, whole)));
        var answer = asked.apply(question);
        var found = answer.rows();
        var width = columns.size();
        return AnsweredPage.of(
                question,
                answer,
                nodes.apply(found),
                page.first(),
                i -> Cursor.text(whole, found.get(i).subList(width, width + whole.size())),
                page.after().isPresent());
    }

    private static <T> List<T> both(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
