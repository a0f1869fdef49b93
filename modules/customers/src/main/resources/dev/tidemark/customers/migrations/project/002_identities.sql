-- Since when questions have to ask who is who; no row: nothing was said of that.
create table _identity_begun (
    at timestamptz not null
);

-- What was said of who is who, in its order.
create table _identity_fact (
    id bigint generated always as identity primary key,
    kind text not null,
    one text collate "C" not null,
    -- the person whose id it is
    other text collate "C" not null,
    said_at timestamptz not null,
    -- null: it holds
    taken_back_at timestamptz,
    -- whether it joins two people who were not one before
    effective boolean not null,
    unique (one, other, kind)
);

create index _identity_fact_other on _identity_fact (other);

-- What follows from the facts: whose the ids are that are not a person of their own.
create table _identity (
    id text collate "C" primary key,
    person text collate "C" not null
);

create index _identity_person on _identity (person);

-- What is known of people with several ids, by the id of whom it was known, so that they can be told apart again.
create table _users_own (
    _id text collate "C" primary key,
    _extra jsonb
);
