-- The last position at which events of a collection were deleted because of their age.
create table _expired (
    collection text primary key,
    position bigint not null,
    last_id bigint not null
);
