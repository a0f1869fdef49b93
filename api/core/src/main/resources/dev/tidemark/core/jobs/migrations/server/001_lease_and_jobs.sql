-- One row. The term is the key, so that taking over (which changes it) waits for the transactions that checked it,
-- and renewing (which does not) waits for nobody.
create table tidemark.lease (
    term bigint primary key,
    leader uuid,
    expires_at timestamptz not null
);

insert into tidemark.lease (term, leader, expires_at) values (0, null, '-infinity');

create table tidemark.job (
    name text primary key,
    every interval not null,
    next_run timestamptz not null,
    last_run timestamptz,
    last_duration interval,
    last_error text
);
