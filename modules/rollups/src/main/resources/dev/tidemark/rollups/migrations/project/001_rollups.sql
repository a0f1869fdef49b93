create table _rollup (
    name text primary key,
    collection text not null,
    -- of each dimension: its column, what people call it, its type
    dimensions text[] not null,
    dimension_labels text[] not null,
    dimension_types text[] not null,
    bucket_unit text not null,
    bucket_every int not null,
    bucket_zone text not null,
    -- of each measure beside the count: what it is, and of which column
    measures text[] not null,
    measured text[] not null,
    measured_labels text[] not null,
    measured_types text[] not null,
    -- as GraphQL's Condition; null: all events
    condition jsonb,
    created_at timestamptz not null,
    -- all commits up to it are in the rows
    position bigint not null default 0,
    -- the last commit when it was created
    backfill_to bigint not null,
    rolled_at timestamptz,
    -- of the attempts that failed since the last that did not
    attempts int not null default 0,
    last_error text,
    retry_at timestamptz,
    -- events before it may be gone
    raw_from timestamptz
);
