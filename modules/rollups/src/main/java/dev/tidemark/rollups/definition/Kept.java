package dev.tidemark.rollups.definition;

import dev.tidemark.spi.Relation.Column;
import java.util.stream.Stream;

/** A measure that a rollup can answer, beside the count, which all can. */
public record Kept(Kind measure, Column column) {

    enum Kind {
        SUM,
        AVG,
        MIN,
        MAX,
        DISTINCT,
        TOP,
        PERCENTILE
    }

    /** What has to be stored for it. */
    Stream<Part> parts() {
        return switch (measure) {
            case SUM -> Stream.of(new Part(Part.Kind.SUM, column));
            case AVG -> Stream.of(new Part(Part.Kind.SUM, column), new Part(Part.Kind.NUMBER, column));
            case MIN -> Stream.of(new Part(Part.Kind.LEAST, column));
            case MAX -> Stream.of(new Part(Part.Kind.GREATEST, column));
            case DISTINCT, TOP, PERCENTILE -> Stream.of();
        };
    }

    Stream<SketchPart> sketches() {
        return switch (measure) {
            case DISTINCT -> Stream.of(new SketchPart(SketchPart.Kind.DISTINCT, column));
            case TOP -> Stream.of(new SketchPart(SketchPart.Kind.TOP, column));
            case PERCENTILE -> Stream.of(new SketchPart(SketchPart.Kind.DIGEST, column));
            case SUM, AVG, MIN, MAX -> Stream.of();
        };
    }

    /** The property that is measured. */
    public String of() {
        return column.label();
    }
}
