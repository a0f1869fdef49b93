package dev.tidemark.server.live;

import dev.tidemark.core.schema.GraphqlEngine;
import dev.tidemark.spi.Callers;

/** What every live connection needs. */
public record Live(
        GraphqlEngine engine,
        Callers callers,
        LiveSettings settings,
        LiveConnections connections,
        RequestsHeld requests) {

    public Live(GraphqlEngine engine, Callers callers, LiveSettings settings) {
        this(engine, callers, settings, new LiveConnections(settings), new RequestsHeld(settings.requestBytes()));
    }
}
