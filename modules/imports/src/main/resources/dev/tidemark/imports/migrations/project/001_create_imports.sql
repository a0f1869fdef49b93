create table _import (
    id          text        primary key,
    collection  text        not null,
    rows        bigint      not null,
    stored      bigint      not null,
    warned      bigint      not null,
    duplicates  bigint      not null,
    refused     bigint      not null,
    is_finished boolean     not null,
    started_at  timestamptz not null,
    updated_at  timestamptz not null
);

create index _import_by_start on _import (started_at);
