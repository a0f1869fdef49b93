-- By which a value is forgotten with its event; whose those are that were noted before, nobody knows.
alter table _property_change
    add column sample_of bigint;

update _property_change
set sample = null
where sample is not null;
