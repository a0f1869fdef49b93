-- What modules deleted of who was erased.
create table _erased_records (
    erasure_id bigint not null references _erasure on delete cascade,
    kind text collate "C" not null,
    records bigint not null,
    primary key (erasure_id, kind)
);
