package dev.tidemark.customers;

import java.util.Map;

/**
 * A person, and what is known of them.
 *
 * @param id as events have it
 * @param properties values by labels
 */
record Customer(String id, Map<String, Object> properties) {}
