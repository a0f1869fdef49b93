create table project (
    id int generated always as identity primary key,
    slug text not null unique,
    catalog_version bigint not null default 0,
    created_at timestamptz not null default now(),
    -- set: its schema is being dropped, and for everyone else it is gone already
    deleted_at timestamptz
);

create table api_key (
    id bigint generated always as identity primary key,
    -- null: an admin key
    project_id int references project on delete cascade,
    name text not null,
    hash bytea not null unique,
    prefix text not null,
    scopes text[] not null,
    -- the one admin key that the server made at its first start, or the operator's own
    root boolean not null default false,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz,
    check ((project_id is null) = (scopes = array['ADMIN']))
);

create index api_key_project on api_key (project_id);

create unique index api_key_one_root on api_key (root) where root and revoked_at is null;

-- How often keys and projects changed. Whoever changes them raises it last in the same transaction, so the lock on
-- its only row makes the numbers follow the order of commits.
create table access_version (
    only_row boolean primary key default true check (only_row),
    version bigint not null
);

insert into access_version (version) values (1);

create table node (
    id uuid primary key,
    host text not null,
    version text not null,
    started_at timestamptz not null,
    heartbeat_at timestamptz not null,
    -- the access version that the node goes by
    access_version bigint not null
);
