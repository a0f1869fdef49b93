alter table _rollup
    -- how many buckets were recomputed from their events, and how many of them had drifted
    add column audited bigint not null default 0,
    add column audited_at timestamptz,
    add column drifted bigint not null default 0,
    add column drifted_at timestamptz;
