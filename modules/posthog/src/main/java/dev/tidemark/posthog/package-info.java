/**
 * PostHog's capture API, so that its SDKs send here by a change of host and key.
 *
 * <p>Their bodies come in many shapes: a batch, an array or a single capture; plain, as gzip, or as Base64 in a form. Their
 * events carry what PostHog says about them in properties that begin with {@code $}; here these are the event's context, as
 * other senders have one, so that questions need not know who sent.
 */
@NullMarked
package dev.tidemark.posthog;

import org.jspecify.annotations.NullMarked;
