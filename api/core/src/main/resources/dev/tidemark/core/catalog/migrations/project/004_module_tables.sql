-- A module's table is described as a collection is: it has properties, and neither events nor partitions.
alter table _collection add column of_module boolean not null default false;
