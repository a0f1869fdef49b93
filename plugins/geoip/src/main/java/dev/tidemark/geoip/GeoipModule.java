package dev.tidemark.geoip;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds country, region and city to events, if there is a database to look them up in. */
public final class GeoipModule implements AnalyticsModule {

    private static final Logger LOG = LoggerFactory.getLogger(GeoipModule.class);

    @Override
    public String name() {
        return "geoip";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var file = context.setting("database", "", "The file of the database, in MaxMind's format (.mmdb).");
        if (file.isEmpty()) {
            LOG.warn("Events get no places: name the file of a GeoIP database with the setting geoip.database.");
            return Contribution.builder().build();
        }
        var places = Places.open(Path.of(file));
        if (places.isEmpty()) {
            LOG.warn("Events get no places: the GeoIP database {} cannot be read.", file);
            return Contribution.builder().build();
        }
        return Contribution.builder()
                .property("geo_country", ColumnType.TEXT, "The country as ISO 3166-1 has it, such as DE.")
                .property("geo_region", ColumnType.TEXT, "The region as ISO 3166-2 has it, without the country: BE.")
                .property("geo_city", ColumnType.TEXT, "The English name of the city.")
                .mapper((project, event, origin) -> event.text("ip")
                        .or(() -> event.text("context", "ip"))
                        .or(origin::address)
                        .map(address -> event.withAbsent(places.get().of(address)))
                        .orElse(event))
                .build();
    }
}
