alter table api_key
    -- null: no limit
    add column events_per_second bigint check (events_per_second > 0),
    add column events_per_day bigint check (events_per_day > 0);

-- What was sent with keys that have a limit a day, in steps: what a node has taken of it counts as sent.
create table key_events (
    key_id bigint not null references api_key on delete cascade,
    day date not null,
    events bigint not null,
    primary key (key_id, day)
);
