-- replaces 66ac7ac63fda4640168f988afc6fc79004cd8c543537fd6c6a2b61273cb37316
alter table _rollup
    -- how long buckets are kept; null: for ever
    add column keep_seconds bigint,
    -- earlier buckets are gone because of their age, or about to go
    add column kept_from timestamptz,
    -- the rollup of whose rows this one is made, and by whose position it goes; null: it is made of events
    add column cascade text;

alter table _rollup add constraint _rollup_cascade_fkey foreign key (cascade) references _rollup;

alter table _rollup_stale
    -- until then the bucket is not over, and would be to make anew again and again
    add column due_at timestamptz not null default '-infinity';

-- The times whose buckets someone wants to have made anew.
create table _rollup_backfill (
    rollup text primary key,
    first timestamptz not null,
    last timestamptz not null,
    -- the first bucket that is still to make
    next timestamptz not null
);

-- Ids that have come to be of another person, and whose buckets are still to be found.
create table _rollup_person (
    id text primary key
);
