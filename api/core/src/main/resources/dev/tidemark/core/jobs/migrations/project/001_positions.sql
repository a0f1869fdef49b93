-- How far each module has followed the project's events.
create table _position (
    listener text primary key,
    commit bigint not null default 0,
    id bigint not null default 0
);
