package dev.tidemark.server.postgres;

/** The configuration of the server. {@code alter system} overrides it; the file itself is written at each start. */
record ServerSettings(int port, long memory) {
    private static final long MIB = 1024 * 1024;

    /** Password only, from this machine only. */
    static final String HOST_BASED_ACCESS = """
            # written by Tidemark at each start
            host all all 127.0.0.1/32 scram-sha-256
            """;

    String text() {
        return """
                # written by Tidemark at each start; use "alter system" for changes of yours
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                cluster_name = 'tidemark'
                max_connections = 100

                fsync = on
                synchronous_commit = on
                full_page_writes = on
                wal_level = replica
                wal_compression = pglz
                wal_buffers = 16MB
                min_wal_size = 256MB
                max_wal_size = 2GB
                checkpoint_timeout = 15min

                shared_buffers = %dMB
                effective_cache_size = %dMB
                maintenance_work_mem = %dMB
                work_mem = 16MB
                random_page_cost = 1.1
                jit = off
                # deleting a project locks each of its tables and their partitions
                max_locks_per_transaction = 256

                client_connection_check_interval = 2s
                timezone = 'UTC'

                logging_collector = on
                log_directory = '../log'
                log_filename = 'postgresql-%%a.log'
                log_truncate_on_rotation = on
                log_rotation_age = 1d
                log_rotation_size = 0
                log_line_prefix = '%%m [%%p] %%q%%u '
                log_timezone = 'UTC'
                """.formatted(
                        port,
                        Math.clamp(memory / 16 / MIB, 64, 1024),
                        Math.max(memory / 2 / MIB, 256),
                        Math.clamp(memory / 32 / MIB, 64, 512));
    }
}
