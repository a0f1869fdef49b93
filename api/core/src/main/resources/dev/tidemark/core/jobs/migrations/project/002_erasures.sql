-- How many erasures have ended: what was read of events before one ended is not to be followed after it.
alter table _position
    add column erasures bigint not null default 0;
