package dev.tidemark.benchmarks;

import java.util.Locale;

/**
 * One line of the table.
 *
 * @param figure what Tidemark reached, in units a second (or in seconds when less is better)
 * @param limit what it is compared with, in the same units
 * @param ratio figure to limit
 * @param target what the ratio must be
 */
record Row(String work, double figure, String unit, String comparedWith, double limit, double ratio, Target target) {

    static Row atLeast(String work, double figure, String unit, String comparedWith, double limit, double least) {
        return new Row(work, figure, unit, comparedWith, limit, figure / limit, new Target(least, true));
    }

    static Row atMost(String work, double figure, String unit, String comparedWith, double limit, double most) {
        return new Row(work, figure, unit, comparedWith, limit, figure / limit, new Target(most, false));
    }

    static String header() {
        return """
                | work | figure | compared with | its figure | ratio | wanted | met |
                |---|---|---|---|---|---|---|""";
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "| %s | %s %s | %s | %s %s | %.2f | %s %.2f | %s |",
                work,
                number(figure),
                unit,
                comparedWith,
                number(limit),
                unit,
                ratio,
                target.isLeast() ? "≥" : "≤",
                target.value(),
                target.isMetBy(ratio) ? "yes" : "no");
    }

    private static String number(double value) {
        return value < 100 ? String.format(Locale.ROOT, "%.2f", value) : String.format(Locale.ROOT, "%,.0f", value);
    }

    /** What a ratio must be. */
    record Target(double value, boolean isLeast) {
        boolean isMetBy(double ratio) {
            return isLeast ? ratio >= value : ratio <= value;
        }
    }
}
