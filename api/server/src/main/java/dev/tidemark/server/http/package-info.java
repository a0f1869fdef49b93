/**
 * Tidemark over HTTP: GraphQL, the modules' routes, GraphiQL, health and metrics. What a client did wrong is answered as GraphQL
 * says it below {@code /graphql}, and as {@code application/problem+json} everywhere else. Nothing here trusts a default of the
 * web server: sizes, framing and origins are checked before a handler sees a request.
 */
@NullMarked
package dev.tidemark.server.http;

import org.jspecify.annotations.NullMarked;
