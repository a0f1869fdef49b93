alter table _collection
    add column description text,
    add column strict boolean not null default false,
    -- of the partitions made from now on
    add column partitions text not null default 'MONTH',
    -- null: for ever
    add column keep_seconds bigint;

alter table _property
    add column declared boolean not null default false,
    add column description text,
    -- why it should not be used any more
    add column deprecation text,
    add column required boolean not null default false,
    -- null: any
    add column allowed text[],
    -- null: it has none, and is to have none
    add column index_name text;

-- Partitions that were taken out of their tables and are to be dropped.
create table _retired (
    name text primary key,
    collection text not null,
    ends_at timestamptz not null
);

-- What was asked for and takes its time: a new type of a property, or an index.
create table _property_change (
    id bigint generated always as identity primary key,
    collection text not null,
    column_name text not null,
    -- null: an index
    type text,
    requested_at timestamptz not null,
    -- how many events there were
    total bigint not null default 0,
    -- how many of them were looked at
    done bigint not null default 0,
    -- up to this commit
    position bigint not null default 0,
    -- set when the column has its new type: up to this commit _extra may still hold what it holds too
    swapped_at bigint,
    -- values that the new type does not hold, one of them, and where it is
    unconverted bigint not null default 0,
    sample text,
    -- why it waits or has failed
    problem text,
    finished_at timestamptz
);

create unique index _property_change_open on _property_change (collection, column_name) where finished_at is null;
