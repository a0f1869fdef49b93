package dev.tidemark.benchmarks;

import java.util.Locale;

/**
 * One line of the table.
 *
 * @param figure what Tidemark reached, in units a second (or in another unit, when less is better)
 * @param limit what it is compared with, in the same units
 * @param target what the ratio of the figure to the limit must be
 */
record Row(String work, Figure figure, String unit, String comparedWith, Figure limit, Target target) {

    static Row atLeast(String work, Figure figure, String unit, String comparedWith, Figure limit, double least) {
        return new Row(work, figure, unit, comparedWith, limit, new Target(least, true));
    }

    static Row atMost(String work, Figure figure, String unit, String comparedWith, Figure limit, double most) {
        return new Row(work, figure, unit, comparedWith, limit, new Target(most, false));
    }

    static String header() {
        return """
                | work | figure | CPU each: server + PostgreSQL + client | compared with | its figure | its CPU | ratio | wanted | met |
                |---|---|---|---|---|---|---|---|---|""";
    }

    @Override
    public String toString() {
        var ratio = figure.value() / limit.value();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %.2f | %s %.2f | %s |",
                work,
                number(figure),
                cpu(figure),
                comparedWith,
                number(limit),
                cpu(limit),
                ratio,
                target.isLeast() ? "≥" : "≤",
                target.value(),
                target.isMetBy(ratio) ? "yes" : "no");
    }

    private String number(Figure of) {
        return String.format(Locale.ROOT, of.value() < 100 ? "%.2f %s" : "%,.0f %s", of.value(), unit);
    }

    private static String cpu(Figure of) {
        return of.cpu().equals(new CpuTime(0, 0, 0)) ? "" : of.cpu().toString();
    }

    /** What a ratio must be. */
    record Target(double value, boolean isLeast) {
        boolean isMetBy(double ratio) {
            return isLeast ? ratio >= value : ratio <= value;
        }
    }
}
