-- Each value is the first id of a block of 10,000 that belongs to whoever took it.
create sequence _event_id as bigint increment by 10000;

-- The order of the project's events: a row is a range of ids of one collection that were committed together.
-- Written under the project's commit lock, so positions have no gaps and are in the order of commits.
create table _commit (
    position bigint primary key,
    collection text not null,
    first_id bigint not null,
    last_id bigint not null,
    events int not null,
    min_time timestamptz not null,
    max_time timestamptz not null,
    committed_at timestamptz not null
);

-- Which messageIds were stored within the window of de-duplication: the first 128 bits of their SHA-256.
create table _message (
    hash uuid primary key,
    at timestamptz not null
);
create index on _message using brin (at) with (autosummarize = on);

create table _dead_letter (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    source text not null,
    collection text,
    code text not null,
    pointer text not null,
    message text not null,
    raw text not null
);
create index on _dead_letter using brin (at) with (autosummarize = on);

-- Values that went to _extra, counted by batch.
create table _warning (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    collection text not null,
    property text not null,
    code text not null,
    message text not null,
    count bigint not null,
    sample text not null,
    event_id bigint not null
);
create index on _warning using brin (at) with (autosummarize = on);
