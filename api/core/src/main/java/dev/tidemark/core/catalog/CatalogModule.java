package dev.tidemark.core.catalog;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;

/** Brings the catalogue's tables into each project. */
public final class CatalogModule implements AnalyticsModule {

    @Override
    public String name() {
        return "catalog";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        return Contribution.builder().build();
    }
}
