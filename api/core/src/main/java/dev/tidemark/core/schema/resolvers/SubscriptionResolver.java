package dev.tidemark.core.schema.resolvers;

import dev.tidemark.spi.Feed;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import org.reactivestreams.Publisher;

/** Makes of a feed what graphql-java follows. The feed is closed with the request, however that ends. */
public record SubscriptionResolver(DataFetcher<?> resolver) implements DataFetcher<Publisher<Object>> {

    @Override
    public Publisher<Object> get(DataFetchingEnvironment environment) throws Exception {
        if (resolver.get(environment) instanceof Feed<?> contributed) {
            var feed = new ContributedFeed<>(contributed);
            RequestScope.of(environment).threads().closing(feed);
            return new FeedPublisher(feed);
        }
        throw new IllegalStateException(
                "Subscription." + environment.getField().getName() + " is resolved to something that is no Feed.");
    }
}
