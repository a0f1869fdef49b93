package dev.tidemark.core.schema.resolvers;

import dev.tidemark.core.schema.faults.CodedError;
import dev.tidemark.spi.ErrorCode;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A field whose resolver threw: it is null, and the errors say why. */
public final class FailedField implements DataFetcherExceptionHandler {

    /** Of a request that was answered already: what an interrupted resolver throws is no fault. */
    private static final CodedError GIVEN_UP = new CodedError("The request was given up.", ErrorCode.QUERY_TIMEOUT);

    @Override
    public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
            DataFetcherExceptionHandlerParameters failed) {
        var request = RequestScope.of(failed.getDataFetchingEnvironment());
        var error = request.threads().isClosed() ? GIVEN_UP : request.faults().of(failed.getException());
        var placed = error.at(failed.getPath().toList(), List.of(failed.getSourceLocation()));
        return CompletableFuture.completedFuture(
                DataFetcherExceptionHandlerResult.newResult(placed).build());
    }
}
