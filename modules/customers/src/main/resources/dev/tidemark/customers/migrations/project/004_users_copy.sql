-- The rows of the operator's own users table, where one stands in for _users. Columns of properties come with the values.
create table _users_copy (
    _person text collate "C" primary key,
    _created_at timestamptz not null default now(),
    _extra jsonb,
    -- the hash of the row that was read
    _read bigint
) with (fillfactor = 80);

-- How it was copied; one row, or none before the first try.
create table _users_copy_state (
    is_only boolean primary key default true check (is_only),
    -- when the last copying began that came to its end; null: none did
    copied_at timestamptz,
    customers bigint not null default 0,
    skipped bigint not null default 0,
    -- why the last one failed, and when; null: it did not
    problem text,
    failed_at timestamptz
);
