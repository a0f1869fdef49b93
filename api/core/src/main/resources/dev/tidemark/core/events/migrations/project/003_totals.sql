-- How many events each collection has, and when: of the commits up to the position in _counted. Whoever changes either
-- locks the row of _counted first.
create table _total (
    collection text primary key,
    events bigint not null,
    -- null: there are none
    first_time timestamptz,
    last_time timestamptz,
    -- how many there were when the planner's statistics were last made
    analyzed bigint not null default 0
);

create table _counted (
    only_row boolean primary key default true check (only_row),
    position bigint not null
);

insert into _counted (position) values (0);

-- Whose events are to be deleted. Who it was is forgotten with the last of them.
create table _erasure (
    id bigint generated always as identity primary key,
    person text,
    anonymous text,
    requested_at timestamptz not null,
    finished_at timestamptz,
    dead_letters bigint not null default 0
);

create table _erased (
    erasure_id bigint not null,
    collection text not null,
    events bigint not null,
    primary key (erasure_id, collection)
);
