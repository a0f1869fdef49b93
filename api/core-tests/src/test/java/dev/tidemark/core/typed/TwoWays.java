package dev.tidemark.core.typed;

import dev.tidemark.spi.Grouping.DatePart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** A random question written twice: with a collection's name, and in typed fields. */
final class TwoWays {

    private static final List<String> TESTS = List.of("eq", "ne", "lt", "lte", "gt", "gte");
    private static final List<String> PARTS = List.of("HOUR_OF_DAY", "DAY_OF_WEEK", "MONTH_OF_YEAR");

    private final Random random;
    private final List<String> named = new ArrayList<>();
    private final List<String> typed = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<String> fields = new ArrayList<>();
    private final List<String> measures = new ArrayList<>();
    private final Map<String, String> numbers = new LinkedHashMap<>();

    private record Both(String named, String typed) {}

    TwoWays(long seed) {
        this.random = new Random(seed);
        groupings();
        measures();
        if (!numbers.isEmpty() && random.nextInt(2) == 0) {
            ratio("share", number(), number());
        }
        if (random.nextInt(3) > 0) {
            var condition = condition(random.nextInt(3));
            add("where: " + condition.named, "where: " + condition.typed);
        }
        orderAndLimits();
    }

    String document() {
        var group = keys.isEmpty() ? "" : "group { " + String.join(" ", keys) + " }";
        return """
            { named: aggregate(collection: "sample", measures: [%s], %s) { rows { bucket group measures isRest } }
              data { sample { aggregate(%s) { rows { bucket %s %s isRest } } } } }
            """.formatted(
                        String.join(", ", measures),
                        String.join(", ", named),
                        String.join(", ", typed),
                        group,
                        String.join(" ", fields));
    }

    List<String> keys() {
        return keys;
    }

    List<String> measureKeys() {
        return fields.stream()
                .map(field -> field.substring(0, field.indexOf(':')))
                .toList();
    }

    private void add(String inNames, String inTypes) {
        named.add(inNames);
        typed.add(inTypes);
    }

    private void groupings() {
        var groupBy = new ArrayList<Both>();
        for (var column : List.of("text", "whole", "flag")) {
            if (random.nextInt(3) == 0) {
                keys.add(column);
                groupBy.add(new Both("{property: \"%s\"}".formatted(column), column.toUpperCase(Locale.ROOT)));
            }
        }
        if (random.nextInt(4) == 0) {
            var part = one(PARTS);
            var key = TypedRelation.field(DatePart.valueOf(part));
            keys.add(key);
            groupBy.add(new Both("{part: %s, as: \"%s\"}".formatted(part, key), part));
        }
        add("groupBy: [" + joined(groupBy, true) + "]", "groupBy: [" + joined(groupBy, false) + "]");
        if (random.nextInt(2) == 0) {
            var bucket = "timeBucket: {unit: %s}, zone: \"%s\""
                    .formatted(
                            one(List.of("HOUR", "DAY", "WEEK")),
                            one(List.of("UTC", "Europe/Berlin", "Asia/Kathmandu")));
            add(bucket, bucket);
            if (random.nextInt(3) == 0) {
                add("fillGaps: true", "fillGaps: true");
            }
        }
    }

    private void measures() {
        for (int i = 0; i <= random.nextInt(4); i++) {
            var key = "m" + i;
            var number = one(List.of("whole", "part"));
            switch (random.nextInt(7)) {
                case 0 -> measure(key, "COUNT", "count", "", "");
                case 1 -> measure(key, "DISTINCT", "distinct", "_user", "");
                case 2 -> measure(key, "SUM", "sum", number, "");
                case 3 -> measure(key, "AVG", "avg", number, "");
                case 4 -> measure(key, "MIN", "min", one(List.of("text", "whole", "_time")), "");
                case 5 -> measure(key, "PERCENTILE", "percentile", number, ", p: 0.5");
                default -> measure(key, "TOP", "top", "text", ", n: 2");
            }
        }
    }

    private void measure(String key, String kind, String field, String of, String more) {
        var where = random.nextInt(4) == 0 ? condition(0) : new Both("", "");
        var constant = of.replace("_", "").toUpperCase(Locale.ROOT);
        var body = "measure: %s%s%s%s"
                .formatted(
                        kind,
                        of.isEmpty() ? "" : ", of: \"" + of + "\"",
                        more,
                        where.named.isEmpty() ? "" : ", where: " + where.named);
        measures.add("{" + body + ", as: \"" + key + "\"}");
        var arguments = (of.isEmpty() ? "" : "of: " + constant + more)
                + (where.typed.isEmpty() ? "" : " where: " + where.typed);
        var selected = kind.equals("TOP") ? " { value count }" : "";
        fields.add(key + ": " + field + (arguments.isEmpty() ? "" : "(" + arguments + ")") + selected);
        if (List.of("COUNT", "DISTINCT", "SUM").contains(kind)) {
            numbers.put(key, body);
        }
    }

    private void ratio(String key, String of, String over) {
        var body = numbers.get(of) + ", over: {" + numbers.get(over) + "}";
        measures.add("{" + body + ", as: \"" + key + "\"}");
        fields.add(key + ": ratio(of: \"" + of + "\", over: \"" + over + "\")");
        numbers.put(key, body);
    }

    private Both condition(int depth) {
        if (depth == 0) {
            return test();
        }
        var inner = List.of(condition(depth - 1), condition(depth - 1));
        return switch (random.nextInt(3)) {
            case 0 -> new Both("{and: [" + joined(inner, true) + "]}", "{and: [" + joined(inner, false) + "]}");
            case 1 -> new Both("{or: [" + joined(inner, true) + "]}", "{or: [" + joined(inner, false) + "]}");
            default -> new Both("{not: " + inner.getFirst().named + "}", "{not: " + inner.getFirst().typed + "}");
        };
    }

    private Both test() {
        var test = one(TESTS);
        return switch (random.nextInt(5)) {
            case 0 -> test("text", "text", test + ": \"b\"");
            case 1 -> test("whole", "whole", test + ": " + random.nextInt(3));
            case 2 -> test("part", "part", test + ": 0.5");
            case 3 -> test("flag", "flag", "eq: true");
            default -> test("_user", "user", one(List.of("isSet: false", "in: [\"u1\", \"u2\"]", "startsWith: \"u\"")));
        };
    }

    private static Both test(String name, String field, String test) {
        return new Both("{property: {name: \"%s\", %s}}".formatted(name, test), "{%s: {%s}}".formatted(field, test));
    }

    private void orderAndLimits() {
        var isFilled = named.contains("fillGaps: true");
        if (!numbers.isEmpty() && random.nextInt(2) == 0) {
            var order = "orderBy: [{by: \"%s\", direction: DESC}]".formatted(number());
            add(order, order);
        }
        if (!numbers.isEmpty() && random.nextInt(3) == 0) {
            var having = "having: [{measure: \"%s\", gte: %d}]".formatted(number(), random.nextInt(3));
            add(having, having);
        }
        if (random.nextInt(3) == 0) {
            var first = "first: " + (1 + random.nextInt(4)) + (isFilled || keys.isEmpty() ? "" : ", rest: true");
            add(first, first);
        }
    }

    private static String joined(List<Both> all, boolean inNames) {
        return all.stream().map(each -> inNames ? each.named : each.typed).collect(Collectors.joining(", "));
    }

    private String number() {
        return one(List.copyOf(numbers.keySet()));
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
