alter table _rollup
    -- whether it answers questions about its collection: it has all that was there before it, and goes on
    add column is_ready boolean not null default false;
