/**
 * Projects ({@code registry}), their {@code keys} and {@code allowances}, who a caller is ({@link
 * dev.tidemark.core.projects.Authentication}), and the {@code nodes} of the cluster, which all refuse a revoked key at once.
 */
@NullMarked
package dev.tidemark.core.projects;

import org.jspecify.annotations.NullMarked;
