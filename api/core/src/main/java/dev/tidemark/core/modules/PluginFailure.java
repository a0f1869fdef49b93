package dev.tidemark.core.modules;

/**
 * A plugin that was left out.
 *
 * @param plugin the name of its jar or folder
 * @param reason a sentence for the operator
 */
public record PluginFailure(String plugin, String reason) {}
