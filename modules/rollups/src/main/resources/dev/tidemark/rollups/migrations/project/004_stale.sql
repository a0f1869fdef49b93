-- The buckets that are to be made anew of their events.
create table _rollup_stale (
    rollup text not null,
    bucket timestamptz not null,
    primary key (rollup, bucket)
);
