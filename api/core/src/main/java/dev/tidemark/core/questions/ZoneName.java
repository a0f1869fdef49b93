package dev.tidemark.core.questions;

import java.time.ZoneId;
import java.time.ZoneOffset;

/** The zone as PostgreSQL names it: an offset alone would be read with the opposite sign, as POSIX has it. */
final class ZoneName {

    private ZoneName() {}

    static String of(ZoneId zone) {
        return zone.normalized() instanceof ZoneOffset offset ? posix(offset) : zone.getId();
    }

    private static String posix(ZoneOffset offset) {
        var west = -offset.getTotalSeconds();
        var size = Math.abs(west);
        return "<X>%s%d:%02d:%02d".formatted(west < 0 ? "-" : "+", size / 3600, size / 60 % 60, size % 60);
    }
}
