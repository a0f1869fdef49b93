create table _goal (
    collection text primary key,
    name text not null,
    reached bigint not null default 0,
    counted_at timestamptz
);
