package dev.tidemark.rollups;

import dev.tidemark.spi.Relation.Column;
import java.util.stream.Stream;

/** A measure that a rollup can answer, beside the count, which all can. */
record Kept(Kind measure, Column column) {

    enum Kind {
        SUM,
        AVG,
        MIN,
        MAX
    }

    /** What has to be stored for it. */
    Stream<Part> parts() {
        return switch (measure) {
            case SUM -> Stream.of(new Part(Part.Kind.SUM, column));
            case AVG -> Stream.of(new Part(Part.Kind.SUM, column), new Part(Part.Kind.NUMBER, column));
            case MIN -> Stream.of(new Part(Part.Kind.LEAST, column));
            case MAX -> Stream.of(new Part(Part.Kind.GREATEST, column));
        };
    }

    /** The property that is measured. */
    public String of() {
        return column.label();
    }
}
